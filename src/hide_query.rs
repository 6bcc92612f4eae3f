//! Where what follows `?` in a URL, which may be a token, is hidden.

use serde_json::Value;

/// Where it is hidden.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HideQuery {
    /// `false`: nowhere.
    Nowhere,
    /// `true`: on pages. The keys of the API are whole, as other programs know them.
    OnPages,
    /// `"everywhere"`: in the API, too.
    Everywhere,
}

impl HideQuery {
    /// Reads the value of the setting.
    pub fn from_json(value: &Value) -> Option<Self> {
        match value {
            Value::Bool(false) => Some(Self::Nowhere),
            Value::Bool(true) => Some(Self::OnPages),
            Value::String(text) if text == "everywhere" => Some(Self::Everywhere),
            _ => None,
        }
    }
}

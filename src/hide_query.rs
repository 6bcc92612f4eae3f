//! Where the query of a logged URL is hidden: what follows its `?`, which may be a token.

use serde_json::Value;

/// The values of the setting `hide_query`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HideQuery {
    /// `false`
    Nowhere,
    /// `true`: on pages. The API still has whole URLs, because other programs use them as keys.
    OnPages,
    /// `"everywhere"`: in the API, too.
    Everywhere,
}

impl HideQuery {
    /// Returns `None` if this is not a value of the setting.
    pub fn from_json(value: &Value) -> Option<Self> {
        match value {
            Value::Bool(false) => Some(Self::Nowhere),
            Value::Bool(true) => Some(Self::OnPages),
            Value::String(text) if text == "everywhere" => Some(Self::Everywhere),
            _ => None,
        }
    }
}

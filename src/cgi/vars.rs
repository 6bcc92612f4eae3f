//! An owned snapshot of the CGI variables, so that only the gateway reads the environment.

use std::ffi::OsString;

/// The variables of one request. Values are bytes, because a path such as `/%FF` arrives as a
/// variable that is not UTF-8.
#[derive(Clone, Debug, Default)]
pub struct Vars(Vec<(String, Vec<u8>)>);

impl Vars {
    pub fn get(&self, name: &str) -> Option<&[u8]> {
        let found = self.0.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_slice())
    }

    /// Returns `None` if `name` is missing or empty.
    pub fn get_filled(&self, name: &str) -> Option<&[u8]> {
        self.get(name).filter(|value| !value.is_empty())
    }
}

impl FromIterator<(OsString, OsString)> for Vars {
    /// Collects `std::env::vars_os`. A variable whose name is not UTF-8 is ignored.
    fn from_iter<I: IntoIterator<Item = (OsString, OsString)>>(pairs: I) -> Self {
        let named = |(name, value): (OsString, OsString)| {
            Some((name.into_string().ok()?, value.into_encoded_bytes()))
        };
        Self(pairs.into_iter().filter_map(named).collect())
    }
}

impl<const N: usize> From<[(&str, &str); N]> for Vars {
    /// For callers that build a request themselves.
    fn from(pairs: [(&str, &str); N]) -> Self {
        let owned = |(name, value): (&str, &str)| (name.to_owned(), value.as_bytes().to_vec());
        Self(pairs.into_iter().map(owned).collect())
    }
}

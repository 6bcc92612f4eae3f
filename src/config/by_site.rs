//! A setting that differs from site to site.

use std::collections::BTreeMap;

use serde_json::Value;

/// The key of the value for all other sites.
const DEFAULT: &str = "default";

/// A value for all sites, for a company, for a site folder of it: the narrower wins.
///
/// In `config.json` it is one value for all, or an object with the keys `default`, `company` and
/// `company/site`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BySite<T> {
    default: Option<T>,
    named: BTreeMap<String, T>,
}

impl<T> BySite<T> {
    pub fn new(default: Option<T>) -> Self {
        Self {
            default,
            named: BTreeMap::new(),
        }
    }

    /// Reads the value of the setting `key`. `read` gets the path of each value in it, such as
    /// `hours.acme/shop`. An object without a default keeps the one there is.
    pub fn read<E>(
        &mut self,
        key: &str,
        value: Value,
        read: impl Fn(&str, Value) -> Result<T, E>,
    ) -> Result<(), E> {
        let Value::Object(map) = value else {
            self.default = Some(read(key, value)?);
            return Ok(());
        };
        for (name, value) in map {
            let value = read(&format!("{key}.{name}"), value)?;
            if name == DEFAULT {
                self.default = Some(value);
            } else {
                self.named.insert(name, value);
            }
        }
        Ok(())
    }

    /// The companies and site folders that have a value of their own.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.named.keys().map(String::as_str)
    }

    /// The value for a site folder.
    pub fn of(&self, company: &str, site: &str) -> Option<&T> {
        let named = || {
            let site = self.named.get(&format!("{company}/{site}"));
            site.or_else(|| self.named.get(company))
        };
        // Most settings name no site; then none needs the text.
        let named = (!self.named.is_empty()).then(named).flatten();
        named.or(self.default.as_ref())
    }
}

#[cfg(test)]
mod tests {
    use super::BySite;
    use serde_json::{Value, json};

    fn read(_: &str, value: Value) -> serde_json::Result<u64> {
        serde_json::from_value(value)
    }

    #[test]
    fn the_narrower_wins() {
        let mut setting = BySite::new(Some(1));
        let value = json!({"acme": 2, "acme/shop": 3, "b/shop": 4});
        setting.read("key", value, read).unwrap();
        for (company, site, want) in [
            ("acme", "shop", 3),
            ("acme", "blog", 2),
            ("b", "shop", 4),
            ("b", "blog", 1),
        ] {
            assert_eq!(setting.of(company, site), Some(&want), "{company}/{site}");
        }
        setting.read("key", json!({"default": 5}), read).unwrap();
        assert_eq!(setting.of("b", "blog"), Some(&5));
        setting.read("key", json!(6), read).unwrap();
        assert_eq!(setting.of("c", "blog"), Some(&6));
        assert_eq!(BySite::<u64>::new(None).of("c", "blog"), None);
    }

    #[test]
    fn a_mistake_is_named_by_its_path() {
        let named = |path: &str, _| Err::<u64, _>(path.to_owned());
        let mut setting = BySite::new(None);
        let mut mistake = |value| setting.read("hours", value, named).unwrap_err();
        assert_eq!(mistake(json!({"acme/shop": "x"})), "hours.acme/shop");
        assert_eq!(mistake(json!("x")), "hours");
    }
}

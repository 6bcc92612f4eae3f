//! Who sends the reports: the letterhead, and the colour of the pages.

use serde_json::{Map, Value};

/// The setting `agency`. Whatever is not set is not printed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Agency {
    pub name: Option<String>,
    /// The name of a file in `static/`.
    pub logo: Option<String>,
    /// Lines below the name.
    pub contact: Vec<String>,
    pub colour: Option<Colour>,
}

/// A colour as `#27489c`, which is readable on white, and white on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Colour(String);

/// What is wrong with a key of the setting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AgencyMistake {
    UnknownKey,
    WantsText,
    WantsTexts,
    /// A plain file name that ends in `.svg` or `.png` was expected.
    WantsLogo,
    /// Six hexadecimal digits after `#` were expected.
    WantsColour,
    /// The contrast of the colour against white is only this.
    FaintColour(String),
}

/// The least contrast of text against its ground, in hundredths (WCAG 2, AA).
const LEAST_CONTRAST: u32 = 450;

impl Agency {
    /// Reads the keys; of a mistake, also which key it is.
    pub fn read(map: Map<String, Value>) -> Result<Self, (String, AgencyMistake)> {
        let mut agency = Self::default();
        for (key, value) in map {
            let read = match key.as_str() {
                "name" => text(&value, AgencyMistake::WantsText).map(|name| {
                    agency.name = Some(name);
                }),
                "logo" => logo(&value).map(|logo| agency.logo = Some(logo)),
                "contact" => lines(&value).map(|lines| agency.contact = lines),
                "colour" => colour(&value).map(|colour| agency.colour = Some(colour)),
                _ => Err(AgencyMistake::UnknownKey),
            };
            read.map_err(|mistake| (key, mistake))?;
        }
        Ok(agency)
    }
}

fn text(value: &Value, mistake: AgencyMistake) -> Result<String, AgencyMistake> {
    let text = value.as_str().filter(|text| !text.is_empty());
    text.map(str::to_owned).ok_or(mistake)
}

fn lines(value: &Value) -> Result<Vec<String>, AgencyMistake> {
    let line = |value: &Value| text(value, AgencyMistake::WantsTexts);
    match value {
        Value::Array(list) => list.iter().map(line).collect(),
        value => Ok(vec![line(value)?]),
    }
}

/// A name that the web server sends from `static/`, and that leads nowhere else.
fn logo(value: &Value) -> Result<String, AgencyMistake> {
    let name = text(value, AgencyMistake::WantsLogo)?;
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
    let ending = name.rsplit_once('.').map(|(_, ending)| ending);
    let is_image = matches!(ending, Some("svg" | "png"));
    let begins = name.starts_with(|first: char| first.is_ascii_alphanumeric());
    let is_logo = is_image && begins && name.bytes().all(is_plain);
    is_logo.then_some(name).ok_or(AgencyMistake::WantsLogo)
}

fn colour(value: &Value) -> Result<Colour, AgencyMistake> {
    let text = text(value, AgencyMistake::WantsColour)?;
    let contrast = contrast_on_white(&text).ok_or(AgencyMistake::WantsColour)?;
    if contrast < LEAST_CONTRAST {
        let contrast = format!("{}.{:02}", contrast / 100, contrast % 100);
        return Err(AgencyMistake::FaintColour(contrast));
    }
    Ok(Colour(text))
}

/// The contrast in hundredths, rounded down; `None` if this is no colour.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a contrast is 1 to 21"
)]
fn contrast_on_white(colour: &str) -> Option<u32> {
    let digits = colour.strip_prefix('#')?;
    let is_hex = digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    let part = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
    let (red, green, blue) = is_hex.then(|| Some((part(0)?, part(2)?, part(4)?)))??;
    let linear = |part: u8| {
        let share = f64::from(part) / 255.0;
        if share <= 0.040_45 {
            share / 12.92
        } else {
            ((share + 0.055) / 1.055).powf(2.4)
        }
    };
    let luminance = 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
    Some((105.0 / (luminance + 0.05)) as u32)
}

impl Colour {
    /// The text in the settings.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::{Agency, AgencyMistake, contrast_on_white};
    use serde_json::json;

    #[test]
    fn the_contrast_is_that_of_wcag() {
        for (colour, want) in [
            ("#000000", Some(2100)),
            ("#ffffff", Some(100)),
            ("#767676", Some(454)),
            ("#777777", Some(447)),
            ("#27489C", Some(842)),
            ("27489c", None),
            ("#27489", None),
            ("#27489g", None),
            ("#+12345", None),
            ("#日本", None),
        ] {
            assert_eq!(contrast_on_white(colour), want, "{colour}");
        }
    }

    #[test]
    fn a_mistake_is_named_by_its_key() {
        let mistake = |value: serde_json::Value| match value {
            serde_json::Value::Object(map) => Agency::read(map).err(),
            other => panic!("{other}"),
        };
        let faint = AgencyMistake::FaintColour("4.47".to_owned());
        for (value, key, want) in [
            (json!({"nam": "x"}), "nam", AgencyMistake::UnknownKey),
            (json!({"name": ""}), "name", AgencyMistake::WantsText),
            (
                json!({"contact": [1]}),
                "contact",
                AgencyMistake::WantsTexts,
            ),
            (
                json!({"colour": "navy"}),
                "colour",
                AgencyMistake::WantsColour,
            ),
            (json!({"colour": "#777777"}), "colour", faint),
        ] {
            assert_eq!(mistake(value), Some((key.to_owned(), want)));
        }
        for logo in [
            "../x.svg", "a/b.svg", ".svg", "x.gif", "x.svg?", "é.svg", "", "x svg",
        ] {
            let got = mistake(json!({"logo": logo}));
            assert_eq!(
                got,
                Some(("logo".to_owned(), AgencyMistake::WantsLogo)),
                "{logo}"
            );
        }
        let whole = json!({"name": "みなと", "logo": "logo.svg", "contact": ["a", "b"], "colour": "#27489c"});
        assert_eq!(mistake(whole), None);
    }
}

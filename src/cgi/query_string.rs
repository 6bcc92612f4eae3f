//! Percent-encoding: decodes query strings, and encodes names and values for links.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode, utf8_percent_encode};

/// All but the unreserved characters of RFC 3986, section 2.3.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// Decodes a query string in the format `application/x-www-form-urlencoded`, where `+` is a blank.
/// What is not UTF-8 becomes replacement characters, which match no name; the other pairs still
/// count.
pub fn decode_pairs(raw: &[u8]) -> Vec<(String, String)> {
    let text = |raw: &[u8]| {
        let blanks: Vec<u8> = raw
            .iter()
            .map(|&b| if b == b'+' { b' ' } else { b })
            .collect();
        percent_decode(&blanks).decode_utf8_lossy().into_owned()
    };
    raw.split(|&b| b == b'&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let mut sides = pair.splitn(2, |&b| b == b'=');
            (
                text(sides.next().unwrap_or_default()),
                text(sides.next().unwrap_or_default()),
            )
        })
        .collect()
}

/// Encodes any text as a path segment, or as a name or value in a query string.
pub fn encode(text: &str) -> Cow<'_, str> {
    utf8_percent_encode(text, ENCODED).into()
}

#[cfg(test)]
mod tests {
    use super::{decode_pairs, encode};
    use percent_encoding::percent_decode_str;
    use proptest::prelude::{any, proptest};

    #[test]
    fn pairs_decode() {
        let check = |raw: &str, want: &[(&str, &str)]| {
            let got = decode_pairs(raw.as_bytes());
            let got: Vec<_> = got.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
            assert_eq!(got, want, "{raw}");
        };
        check("", &[]);
        check("a=1&b=2", &[("a", "1"), ("b", "2")]);
        check("a", &[("a", "")]);
        check("&&a==&", &[("a", "=")]);
        check("a=x+y%2B", &[("a", "x y+")]);
        check("a=%zz%", &[("a", "%zz%")]);
        check("%E4%BC%9A=%E7%A4%BE", &[("会", "社")]);
        check("a=%FF&b=c", &[("a", "\u{fffd}"), ("b", "c")]);
    }

    proptest! {
        #[test]
        fn any_text_survives_a_link(text in any::<String>()) {
            let encoded = encode(&text);
            assert_eq!(percent_decode_str(&encoded).decode_utf8().as_deref(), Ok(text.as_str()));
            assert_eq!(decode_pairs(format!("n={encoded}").as_bytes()), vec![("n".into(), text)]);
        }
    }
}

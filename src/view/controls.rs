//! Control characters. Text from a log or a URL must not change how the rest of a page, a line or a
//! terminal reads.

/// Whether a character is a control character (C0, DEL, C1), an embedding, override or isolate of
/// bidirectional text, or a line or paragraph separator. Tab and line breaks are not: they are white
/// space in HTML and escaped in JSON. Nor are the marks U+200E, U+200F and U+061C, which names
/// written from right to left need.
pub(crate) fn is_control(character: char) -> bool {
    match character {
        '\t' | '\n' | '\r' => false,
        '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => true,
        _ => character.is_control(),
    }
}

/// Whether the first byte of a control character in UTF-8 may be this one.
pub(crate) const fn may_begin_control(byte: u8) -> bool {
    matches!(byte, ..b' ' | 0x7f | 0xc2 | 0xe2)
}

/// Whether a text has any. Hardly any text has such a first byte, and that check is vectorized.
pub(crate) fn has_control(text: &str) -> bool {
    let may_have = |any, byte| any | may_begin_control(byte);
    text.bytes().fold(false, may_have) && text.contains(is_control)
}

#[cfg(test)]
mod tests {
    use super::{has_control, is_control};

    #[test]
    fn every_control_character_is_known_and_found() {
        let all = (0..=0x10_ffff).filter_map(char::from_u32);
        let found = |&character: &char| {
            let found = has_control(&format!("a{character}あ"));
            assert_eq!(found, is_control(character), "{character:?}");
            found
        };
        let known: Vec<u32> = all.filter(found).map(u32::from).collect();
        let c0 = (0..0x20).filter(|c| ![0x09, 0x0a, 0x0d].contains(c));
        let want = c0
            .chain(0x7f..=0x9f)
            .chain(0x2028..=0x202e)
            .chain(0x2066..=0x2069);
        assert_eq!(known, want.collect::<Vec<u32>>());
    }
}

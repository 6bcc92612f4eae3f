//! The agency's colour as a style sheet, because a page's policy allows no style of its own. On a
//! dark ground the accent of `static/style.css` stays: this one was checked against white.

use super::RenderError;
use super::context::PageContext;
use crate::answer::UrlReport;
use crate::store::folder::Listing;

/// The style sheet; empty without a colour.
#[expect(clippy::unnecessary_wraps, reason = "every format prints so")]
pub(crate) fn print(
    context: &PageContext,
    _: &Listing,
    _: &[UrlReport],
) -> Result<String, RenderError> {
    let agency = context.config.agency.as_ref();
    let colour = agency.and_then(|agency| agency.colour.as_ref());
    Ok(colour.map_or_else(String::new, |colour| {
        let colour = colour.as_str();
        format!(
            "@media print, (prefers-color-scheme: light) {{\n  :root {{ --accent: {colour}; --accent-solid: {colour}; }}\n}}\n"
        )
    }))
}

/// A problem is no style: an empty sheet.
#[expect(clippy::unnecessary_wraps, reason = "every format prints so")]
pub(crate) fn problem(_: &PageContext, _: u16, _: &str, _: &str) -> Result<String, RenderError> {
    Ok(String::new())
}

//! The form that chooses what a page shows, and the notices above its content.

use std::collections::BTreeSet;

use serde::Serialize;

use super::render;
use crate::lang::Lang;
use crate::log::fault::Faults;
use crate::query::{ALL, Selection};
use crate::store::folder::Listing;
use crate::view::context::PageContext;
use crate::view::words::Words;
use crate::view::{RenderError, phrase};

#[derive(Serialize)]
struct View {
    action: String,
    lang: Option<&'static str>,
    companies: Vec<Choice>,
    sites: Vec<Choice>,
    months: Vec<Choice>,
    missing_site: Option<String>,
    faults: Option<FaultList>,
}

#[derive(Serialize)]
struct Choice {
    value: String,
    text: String,
    selected: bool,
}

#[derive(Serialize)]
struct FaultList {
    heading: String,
    rows: Vec<FaultRow>,
    more: Option<String>,
}

#[derive(Serialize)]
struct FaultRow {
    place: String,
    reason: String,
}

/// Prints the section. It also says so if the requested site does not exist.
pub(super) fn section(context: &PageContext, listing: &Listing) -> Result<String, RenderError> {
    let words = context.words();
    let selection = context.selection();
    let view = View {
        action: context.links.page_in(&Selection::default(), None),
        lang: context.links.lang().map(Lang::tag),
        companies: choices(
            &listing.companies,
            selection.company.name(),
            words,
            str::to_owned,
        ),
        sites: choices(&listing.sites, selection.site.name(), words, str::to_owned),
        months: choices(
            &months(listing),
            // A month without logs is one all the same; what is no month is not offered.
            selection.months.beginning().filter(|month| {
                listing.months.contains(*month) || selection.months.period().is_some()
            }),
            words,
            |month| phrase::month(month, words),
        ),
        missing_site: context
            .answer
            .missing_site
            .as_deref()
            .map(words.site_not_found),
        faults: fault_list(&listing.faults, words),
    };
    render(include_str!("selection.html"), &view, words)
}

/// All months, newest first, each year before its months.
fn months(listing: &Listing) -> Vec<String> {
    let months = listing.months.iter().filter(|month| !month.is_empty());
    let mut all: BTreeSet<&str> = months.clone().map(String::as_str).collect();
    let dated = |month: &&String| month.len() == 6 && month.bytes().all(|b| b.is_ascii_digit());
    all.extend(months.filter(dated).map(|month| &month[..4]));
    let mut all: Vec<String> = all.into_iter().map(str::to_owned).collect();
    // `2024` stands before `202411` and after `202312`, as a heading would.
    all.sort_by(|a, b| {
        b.get(..4)
            .cmp(&a.get(..4))
            .then(a.len().cmp(&b.len()))
            .then(b.cmp(a))
    });
    all
}

/// The options of a select, "all" first. A chosen value that does not exist is offered too, so that
/// the form shows what the page shows.
fn choices<'a>(
    values: impl IntoIterator<Item = &'a String>,
    chosen: Option<&str>,
    words: &Words,
    text: impl Fn(&str) -> String,
) -> Vec<Choice> {
    let choice = |value: &str| Choice {
        value: value.to_owned(),
        text: text(value),
        selected: chosen == Some(value),
    };
    let all = Choice {
        value: ALL.to_owned(),
        text: words.show_all.to_owned(),
        selected: chosen.is_none(),
    };
    let mut choices = vec![all];
    choices.extend(values.into_iter().map(|value| choice(value)));
    if let (Some(value), false) = (chosen, choices.iter().any(|choice| choice.selected)) {
        choices.push(choice(value));
    }
    choices
}

fn fault_list(faults: &Faults, words: &Words) -> Option<FaultList> {
    let row = |fault| FaultRow {
        place: phrase::place(fault, words),
        reason: phrase::fault(&fault.reason, words),
    };
    let rows: Vec<FaultRow> = faults.first.iter().map(row).collect();
    let more = faults.count - rows.len() as u64;
    (faults.count > 0).then(|| FaultList {
        heading: (words.faults_count)(&phrase::count(faults.count)),
        rows,
        more: (more > 0).then(|| (words.faults_more)(&phrase::count(more))),
    })
}

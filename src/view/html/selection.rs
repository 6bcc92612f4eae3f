//! The form that chooses what a page shows.

use std::collections::BTreeSet;

use serde::Serialize;

use super::parts::site_name;
use super::render;
use crate::calendar;
use crate::lang::Lang;
use crate::period::Days;
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
}

#[derive(Serialize)]
struct Choice {
    value: String,
    text: String,
    selected: bool,
}

/// Prints the form.
pub(super) fn form(context: &PageContext, listing: &Listing) -> Result<String, RenderError> {
    let words = context.words();
    let selection = context.selection();
    let view = View {
        action: context.links.page_in(&Selection::default(), None),
        lang: context.links.lang().map(Lang::tag),
        companies: choices(
            &listing.companies,
            selection.company.name(),
            words,
            |company| context.config.company_name(company).to_owned(),
        ),
        sites: choices(&listing.sites, selection.site.name(), words, |site| {
            site_name(context, site)
        }),
        months: choices(
            &months(listing),
            // A month without logs is one all the same; what is no month is not offered.
            chosen_month(selection).as_deref().filter(|month| {
                listing.months.contains(*month) || selection.months.period().is_some()
            }),
            words,
            |month| phrase::month(month, words),
        ),
    };
    render(include_str!("selection.html"), &view, words)
}

/// The month that a selection is of, or the one that its day is in.
fn chosen_month(selection: &Selection) -> Option<String> {
    match selection.days {
        Days::One(day) => Some(calendar::date(day).strftime("%Y%m").to_string()),
        Days::OfMonths | Days::Range(_) => selection.months.beginning().map(str::to_owned),
    }
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

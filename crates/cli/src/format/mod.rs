//! The result in the format that the user chose, as one text that is written at once.

mod csv;
mod markdown;
mod prose;
mod scale;
mod sheet;
mod table;

use crate::Entry;
use crate::report::Report;
use clap::ValueEnum;
pub(crate) use scale::{ScaleFormat, render_scale};
use serde::Serialize;
use sheet::{Column, Sheet};

/// The format of the result: for people, for programs (all of it, or a row for each runtime), for a README.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    Table,
    Json,
    Csv,
    Markdown,
}

/// The whole comparison as text, with escape codes for colour in the table.
pub(crate) fn render(report: &Report, format: Format) -> String {
    match format {
        Format::Table => table::page(&prose::headline(report), &sheet::sheets(report), &prose::notes(report)),
        Format::Json => json(report),
        Format::Csv => csv::report(report),
        Format::Markdown => markdown::page(&prose::headline(report), &sheet::sheets(report), &prose::notes(report)),
    }
}

/// A line of `paintdry runtimes`.
#[derive(Debug, Serialize)]
struct Listed {
    runtime: &'static str,
    version: &'static str,
    about: &'static str,
}

/// The list of runtimes as text.
pub(crate) fn render_list(runtimes: &[Entry], format: Format) -> String {
    let listed = |entry: &Entry| Listed { runtime: entry.name(), version: entry.version(), about: entry.about() };
    let list: Vec<_> = runtimes.iter().map(listed).collect();
    let sheet = || Sheet {
        columns: vec![Column::left("runtime"), Column::left("version"), Column::left("what it is")],
        rows: list.iter().map(|line| [line.runtime, line.version, line.about].map(str::to_owned).to_vec()).collect(),
        fastest: None,
        failed: Vec::new(),
    };
    match format {
        Format::Table => table::page("", &[sheet()], &[]),
        Format::Json => json(&list),
        Format::Csv => csv::records(&list),
        Format::Markdown => markdown::page("", &[sheet()], &[]),
    }
}

/// One line of JSON. Our types have text keys and no maps, so writing them cannot fail.
pub(crate) fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).map(|line| line + "\n").unwrap_or_default()
}

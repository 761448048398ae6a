//! The result of `scale` in the format that was asked for.

mod notes;
mod rows;
mod svg;

use super::{csv, json, markdown, table};
use crate::scale::ScaleReport;
use clap::ValueEnum;

/// How the result of `scale` is written: as the others, or as a chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ScaleFormat {
    Table,
    Json,
    Csv,
    Markdown,
    Svg,
}

/// The whole comparison as text, with escape codes for colour in the table. `left_out` is what this build cannot run.
pub(crate) fn render_scale(report: &ScaleReport, format: ScaleFormat, left_out: Option<&str>) -> String {
    let page = |page: fn(&str, &[super::Sheet], &[String]) -> String| {
        page(&notes::headline(report), &rows::sheets(report), &notes::notes(report, left_out))
    };
    match format {
        ScaleFormat::Table => page(table::page),
        ScaleFormat::Json => json(report),
        ScaleFormat::Csv => csv::records(&report.runs),
        ScaleFormat::Markdown => page(markdown::page),
        ScaleFormat::Svg => svg::chart(report),
    }
}

#[cfg(test)]
mod tests;

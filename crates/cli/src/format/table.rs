//! The table for people, in columns and with colour. Whoever writes it takes the colour out where none is wanted.

use super::sheet::Sheet;
use anstyle::{AnsiColor, Style};
use comfy_table::{CellAlignment, ContentArrangement, LineStyle, Table, presets};
use std::fmt::Write;

const HEADER: Style = Style::new().bold();
const FASTEST: Style = AnsiColor::Green.on_default().bold();
const FAILED: Style = AnsiColor::Red.on_default();

/// The headline, the tables, and the notes under them.
pub(super) fn page(headline: &str, sheets: &[Sheet], notes: &[String]) -> String {
    let mut page = String::new();
    for line in headline.lines() {
        let _ = writeln!(page, "{HEADER}{line}{HEADER:#}"); // to a String, so it cannot fail
    }
    for sheet in sheets.iter().filter(|sheet| !sheet.rows.is_empty()) {
        if !page.is_empty() {
            page.push('\n');
        }
        page += &drawn(sheet);
    }
    if !notes.is_empty() {
        page.push('\n');
    }
    for note in notes {
        page += note;
        page.push('\n');
    }
    page
}

/// The lines of one table, each with the colour of its row.
fn drawn(sheet: &Sheet) -> String {
    let mut table = Table::new();
    let line_below_header = LineStyle::none().fill('─').junction('─');
    table.load_style(presets::NOTHING.header_separator(line_below_header));
    table.set_content_arrangement(ContentArrangement::Disabled); // a row is a line, so that it can be coloured
    table.set_header(sheet.columns.iter().map(|column| column.title));
    table.add_rows(sheet.rows.iter().cloned());
    for (index, column) in sheet.columns.iter().enumerate() {
        if let Some(drawn) = table.column_mut(index) {
            let last = index + 1 == sheet.columns.len();
            drawn.set_padding((0, u16::from(!last)));
            drawn.set_cell_alignment(if column.right { CellAlignment::Right } else { CellAlignment::Left });
        }
    }
    let mut text = String::new();
    for (index, line) in table.lines().enumerate() {
        let style = match index.checked_sub(2) {
            None if index == 0 => HEADER,
            None => Style::new(),
            row if row == sheet.fastest => FASTEST,
            Some(row) if sheet.failed.contains(&row) => FAILED,
            Some(_) => Style::new(),
        };
        let _ = writeln!(text, "{style}{}{style:#}", line.trim_end());
    }
    text
}

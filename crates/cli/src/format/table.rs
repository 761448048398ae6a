//! The table for people, in columns and with colour. The output removes the colour where it is not wanted.

use super::sheet::Sheet;
use anstyle::{AnsiColor, Style};
use comfy_table::{CellAlignment, ContentArrangement, LineStyle, Table, presets};
use paintdry_terminal::show::{fit, flowed, terminal_columns, width, wrapped};
use std::fmt::Write;

const HEADER: Style = Style::new().bold();
const FASTEST: Style = AnsiColor::Green.on_default().bold();
const FAILED: Style = AnsiColor::Red.on_default();

/// The headline, the tables, and the notes under them. On a terminal narrower than the table, lines are wrapped, and each
/// row is printed as a list below its name, because the terminal's own line breaks would make a table unreadable.
pub(super) fn page(headline: &str, sheets: &[Sheet], notes: &[String]) -> String {
    page_in(terminal_columns().unwrap_or(usize::MAX), headline, sheets, notes)
}

fn page_in(columns: usize, headline: &str, sheets: &[Sheet], notes: &[String]) -> String {
    let fit = |text: &str| {
        let is_wide = text.lines().any(|line| width(line) > columns);
        if is_wide { flowed(text.split_whitespace(), columns, "") } else { text.to_owned() }
    };
    let mut page = String::new();
    for line in fit(headline).lines() {
        let _ = writeln!(page, "{HEADER}{line}{HEADER:#}"); // to a String, so it cannot fail
    }
    for sheet in sheets.iter().filter(|sheet| !sheet.rows.is_empty()) {
        if !page.is_empty() {
            page.push('\n');
        }
        page += &drawn(sheet, columns);
    }
    if !notes.is_empty() {
        page.push('\n');
    }
    for note in notes {
        page += &fit(note);
        page.push('\n');
    }
    page
}

/// The lines of one table, each with the colour of its row.
fn drawn(sheet: &Sheet, columns: usize) -> String {
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
    if table.lines().any(|line| width(line.trim_end()) > columns) {
        return stacked(sheet, columns);
    }
    let mut text = String::new();
    for (index, line) in table.lines().enumerate() {
        let style = match index.checked_sub(2) {
            None if index == 0 => HEADER,
            None => Style::new(),
            Some(row) => style_of(sheet, row),
        };
        let _ = writeln!(text, "{style}{}{style:#}", line.trim_end());
    }
    text
}

fn style_of(sheet: &Sheet, row: usize) -> Style {
    match row {
        row if Some(row) == sheet.fastest => FASTEST,
        row if sheet.failed.contains(&row) => FAILED,
        _ => Style::new(),
    }
}

/// Each row as a list: the first cell, and below it every other cell with the title of its column.
fn stacked(sheet: &Sheet, columns: usize) -> String {
    let mut text = String::new();
    for (index, row) in sheet.rows.iter().enumerate() {
        let mut cells = row.iter().zip(&sheet.columns);
        let style = style_of(sheet, index);
        let name = cells.next().map(|(name, _)| fit(name.trim_end(), columns) + "\n").unwrap_or_default();
        let values =
            cells.map(|(cell, column)| wrapped(&format!("{}: {}", column.title.trim(), cell.trim()), columns, "    "));
        for line in [name].into_iter().chain(values).collect::<String>().lines() {
            let _ = writeln!(text, "{style}{line}{style:#}");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::sheet::Column;

    #[test]
    fn what_is_too_wide_is_stacked() {
        let sheet = Sheet {
            columns: vec![Column::left("runtime"), Column::right("wall time"), Column::right("above ideal")],
            rows: vec![["★ tokio-multi", "2.035 s", "+11.4 ms"].map(str::to_owned).to_vec()],
            fastest: None,
            failed: Vec::new(),
        };
        let page = |columns| {
            anstream::adapter::strip_str(&page_in(columns, "on linux with 2 cores", std::slice::from_ref(&sheet), &[]))
                .to_string()
        };
        assert_eq!(
            page(30),
            "on linux with 2 cores\n\n★ tokio-multi\n    wall time: 2.035 s\n    above ideal: +11.4 ms\n"
        );
        assert!(page(80).contains("runtime        wall time  above ideal\n"), "{}", page(80));
        assert!(page(24).ends_with("\n    above ideal: +11.4\n    ms\n"), "{}", page(24));
        let narrow = "on linux\nwith 2 cores\n\n★\ntokio-multi\n    wall\n    time:\n    2.035\n    s\n    above\n    ideal:\n    +11.4\n    ms\n";
        assert_eq!(page(12), narrow);
    }
}

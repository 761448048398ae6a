//! A table as GitHub draws it.

use super::sheet::Sheet;

/// The headline, the tables, and the notes under them.
pub(super) fn page(headline: &str, sheets: &[Sheet], notes: &[String]) -> String {
    let mut blocks = Vec::new();
    if !headline.is_empty() {
        blocks.push(headline.replace('\n', ", ") + ".");
    }
    blocks.extend(sheets.iter().filter(|sheet| !sheet.rows.is_empty()).map(drawn));
    blocks.extend(notes.iter().map(|note| note.replace('\n', " ")));
    blocks.join("\n\n") + "\n"
}

fn drawn(sheet: &Sheet) -> String {
    let sides: Vec<_> = sheet.columns.iter().map(|column| if column.right { "--:" } else { "---" }).collect();
    let mut lines = vec![line(sheet.columns.iter().map(|column| column.title)), format!("|{}|", sides.join("|"))];
    lines.extend(sheet.rows.iter().map(|row| line(row.iter().map(String::as_str))));
    lines.join("\n")
}

/// One line. A bar in a cell would end the cell.
fn line<'a>(cells: impl Iterator<Item = &'a str>) -> String {
    let cells: Vec<_> = cells.map(|cell| cell.trim().replace('|', "\\|")).collect();
    format!("| {} |", cells.join(" | "))
}

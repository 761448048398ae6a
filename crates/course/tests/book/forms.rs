//! The table of one program in four forms: the heading of a column links to a program, and each piece of code below it is a line of the program.

use crate::{parser, read};
use pulldown_cmark::{Event, Tag, TagEnd};

/// The pieces of code in the tables of a page, each with the target of the link that heads its column.
fn pieces(page: &str) -> Vec<(String, String)> {
    let (mut pieces, mut heads, mut column, mut in_head) = (Vec::new(), Vec::new(), 0, false);
    let mut in_table = false;
    for event in parser(page) {
        match event {
            Event::Start(Tag::Table(columns)) => (heads, in_table) = (vec![None; columns.len()], true),
            Event::End(TagEnd::Table) => in_table = false,
            Event::Start(Tag::TableHead) => (in_head, column) = (true, 0),
            Event::End(TagEnd::TableHead) => in_head = false,
            Event::Start(Tag::TableRow) => column = 0,
            Event::End(TagEnd::TableCell) => column += 1,
            Event::Start(Tag::Link { dest_url, .. }) if in_head => heads[column] = Some(dest_url.to_string()),
            Event::Code(code) if in_table && !in_head => {
                pieces.extend(heads[column].clone().map(|program| (program, code.to_string())));
            }
            _ => {}
        }
    }
    pieces
}

#[test]
fn a_piece_of_code_below_a_program_is_a_line_of_the_program() {
    let pieces = pieces(&read("docs/00-from-python.md"));
    assert!(pieces.len() > 30, "the table of the four forms was found");
    let is_a_line =
        |(program, code): &&(String, String)| read(&format!("docs/{program}")).lines().any(|line| line.trim() == code);
    let wrong: Vec<_> = pieces.iter().filter(|piece| !is_a_line(piece)).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

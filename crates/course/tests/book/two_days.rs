//! The workshop in two days: its table, its blocks, and the sessions that they take parts of agree, and each block says what to talk
//! about and what to leave out.

use super::order::{exercises, guide, number, paragraph, sections, shown};
use super::{links, read};

#[test]
fn the_blocks_of_the_two_days_take_ninety_minutes_and_have_what_the_sessions_have() {
    let (page, guide, exercises) = (read("docs/teachers-two-days.md"), guide(), exercises());
    let mut wrong = Vec::new();
    let mut in_blocks = Vec::new();
    for block in sections(&page, "Block ") {
        let (name, _) = block["Block ".len()..].split_once(':').expect("a number and a title");
        let row = page.lines().find_map(|line| line.strip_prefix(&format!("| {name} | "))).unwrap_or_default();
        let cells: Vec<_> = row.trim_end_matches(" |").split(" | ").collect();
        let [_, _, look_back, show, class, talk, names] = cells[..] else { panic!("block {name} has the row {row}") };
        let [look_back, show, class, talk] =
            [look_back, show, class, talk].map(|cell| cell.parse::<u32>().expect("a number of minutes"));
        let sum = look_back + show + class + talk;
        if sum != 90 {
            wrong.push(format!("block {name} takes {sum} minutes"));
        }

        let lines: Vec<_> = shown(block).collect();
        if show != lines.iter().map(|(minutes, _)| minutes).sum::<u32>() {
            wrong.push(format!("block {name}: its lines do not take the {show} minutes of the table"));
        }
        for (minutes, text) in lines {
            let of_session = text.strip_prefix(" [Session ").and_then(|text| text.split_once(']'));
            let (session, _) = of_session.unwrap_or_else(|| panic!("block {name} names no session: {text}"));
            let mut there =
                sections(&guide, "Session ").filter(|text| text.starts_with(&format!("Session {session}:")));
            if !there.any(|session| shown(session).any(|(as_long, _)| as_long == minutes)) {
                wrong.push(format!("block {name}: no line of session {session} takes {minutes} minutes: {text}"));
            }
        }

        let chapters: Vec<_> = links(block).iter().filter_map(|link| number(link)).collect();
        let mut sum = 0;
        for name in names.split(", ") {
            let position = exercises.iter().position(|own| own.name == name);
            let position = position.unwrap_or_else(|| panic!("{name} is no exercise"));
            sum += exercises[position].minutes().unwrap_or_default();
            if !chapters.contains(&exercises[position].chapter) {
                wrong.push(format!("block {name}: no link to chapter {}", exercises[position].chapter));
            }
            in_blocks.push(position);
        }
        if sum != class {
            wrong.push(format!("block {name}: its exercises take {sum} minutes, and not {class}"));
        }
    }
    assert!(in_blocks.is_sorted_by(|one, next| one < next), "the exercises are not in the order of the course");
    assert_eq!(sections(&page, "Block ").count(), 8, "four blocks a day");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The names of a row of the table, which end it: `threads1, loop1`.
fn names_of_row<'a>(page: &'a str, block: &str) -> Vec<&'a str> {
    let row = page.lines().find(|line| line.starts_with(&format!("| {block} | "))).unwrap_or_default();
    let names = row.trim_end_matches(" |").rsplit(" | ").next().unwrap_or_default();
    names.split(", ").collect()
}

#[test]
fn each_block_says_which_solutions_to_talk_about_and_what_to_leave_out() {
    let (page, exercises) = (read("docs/teachers-two-days.md"), exercises());
    let mut wrong = Vec::new();
    for block in sections(&page, "Block ") {
        let (name, _) = block["Block ".len()..].split_once(':').expect("a number and a title");
        let row = names_of_row(&page, name);
        let talk = paragraph(block, "**Solutions to talk about.** ").unwrap_or_default();
        let words = talk.split(|c: char| !c.is_ascii_alphanumeric());
        let named: Vec<_> = words.filter(|word| exercises.iter().any(|own| own.name == *word)).collect();
        if named.is_empty() || named.iter().any(|name| !row.contains(name)) {
            wrong.push(format!("block {name} talks about {named:?}, and should talk about some of {row:?}"));
        }
        for start in ["**Left out**", "**If you are late**, leave out "] {
            if paragraph(block, start).is_none() {
                wrong.push(format!("block {name} has no {start}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

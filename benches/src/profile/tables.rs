//! The profiles as Markdown.

use super::growth::{Growths, Row};
use super::memory::{Memories, Part};
use super::{Profile, Profiles, subjects};
use paintdry_core::thousands;
use std::collections::BTreeMap;
use std::fmt::Write;

/// Everything, by function and file.
#[must_use]
pub fn page(profiles: &Profiles) -> String {
    let mut text = format!(
        "# Where the instructions are\n\n{} rustc {}, valgrind {}.\n",
        profiles.method, profiles.rustc, profiles.valgrind
    );
    for profile in &profiles.profiles {
        let heading = subjects::heading(&profile.job);
        let _ = writeln!(
            text,
            "\n## {heading}: {}\n\n| function | file | for {} |\n|---|---|---:|",
            profile.name, profile.per
        );
        for function in &profile.functions {
            let _ = writeln!(text, "| `{}` | {} | {:.1} |", function.function, function.file, function.instructions);
        }
        let _ = writeln!(text, "| all | | {:.1} |", profile.instructions);
    }
    text
}

/// One job: who does it stands side by side, with the sum of each file.
#[must_use]
pub fn by_file(profiles: &Profiles, job: &str) -> String {
    let columns: Vec<&Profile> = profiles.profiles.iter().filter(|profile| profile.job == job).collect();
    let sums: Vec<_> = columns.iter().map(|profile| sums(profile)).collect();
    let mut files: Vec<&String> = sums.iter().flat_map(BTreeMap::keys).collect();
    files.sort();
    files.dedup();
    // What the loop takes most stands first.
    let of = |file: &String, column: usize| sums[column].get(file).copied().unwrap_or_default();
    files.sort_by(|one, other| (of(other, 0) + of(other, 2)).total_cmp(&(of(one, 0) + of(one, 2))));
    let names: Vec<_> = columns.iter().map(|profile| profile.name.as_str()).collect();
    let mut text = format!("| | {} |\n|---|{}\n", names.join(" | "), "---:|".repeat(names.len()));
    for file in files {
        let cell = |column| match of(file, column) {
            instructions if instructions < 0.05 => "–".to_owned(),
            instructions => format!("{instructions:.1}"),
        };
        let cells: Vec<_> = (0..columns.len()).map(cell).collect();
        let _ = writeln!(text, "| {file} | {} |", cells.join(" | "));
    }
    let all: Vec<_> = columns.iter().map(|profile| format!("{:.1}", profile.instructions)).collect();
    let _ = writeln!(text, "| all | {} |", all.join(" | "));
    text
}

fn sums(profile: &Profile) -> BTreeMap<String, f64> {
    let mut sums = BTreeMap::new();
    for function in &profile.functions {
        *sums.entry(function.file.clone()).or_default() += function.instructions;
    }
    sums
}

/// A yield with more tasks: a line for each contender and size.
#[must_use]
pub fn growth(growths: &Growths) -> String {
    let mut text =
        "| | tasks | items of each | instructions | reads and writes | not in the first cache | nor in the second |\n\
                    |---|---:|---:|---:|---:|---:|---:|\n"
            .to_owned();
    for Row { name, tasks, items, instructions, accesses, first_misses, second_misses } in &growths.rows {
        let tasks = thousands(*tasks as u64);
        let _ = writeln!(
            text,
            "| {name} | {tasks} | {items} | {instructions:.0} | {accesses:.0} | {first_misses:.2} | {second_misses:.2} |"
        );
    }
    text
}

/// A task's memory: who has it stands side by side, with the bytes of each place that asked for them.
#[must_use]
pub fn memory(memories: &Memories) -> String {
    let place = |part: &Part| match part.function.as_str() {
        "" => part.file.clone(),
        function => format!("{}: `{function}`", part.file),
    };
    let mut places = Vec::new();
    for part in memories.rows.iter().flat_map(|row| &row.parts) {
        if !places.contains(&place(part)) {
            places.push(place(part));
        }
    }
    let names: Vec<_> = memories.rows.iter().map(|row| row.name.as_str()).collect();
    let mut text = format!("| | {} |\n|---|{}\n", names.join(" | "), "---:|".repeat(names.len()));
    for wanted in &places {
        let cells = memories.rows.iter().map(|row| {
            let part = row.parts.iter().find(|part| place(part) == *wanted);
            part.map_or("–".to_owned(), |part| format!("{:.1}", part.taken))
        });
        let _ = writeln!(text, "| {wanted} | {} |", cells.collect::<Vec<_>>().join(" | "));
    }
    let all = memories.rows.iter().map(|row| format!("{:.1}", row.taken()));
    let _ = writeln!(text, "| all | {} |", all.collect::<Vec<_>>().join(" | "));
    text
}

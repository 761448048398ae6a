//! The tables of `docs/compare.md`, made of the files that the benches wrote. Which rows and columns they have, and the text
//! around them, is the page's own.

use crate::markdown::{factor, time};
use crate::profile::growth::Growths;
use crate::profile::memory::Memories;
use crate::profile::{Profiles, subjects, tables};
use crate::report::{GroupReport, Report, Row};
use serde_json::Value;
use std::fmt::Write;

/// What was saved beside the page.
#[derive(Debug)]
pub struct Data {
    /// `compare.json`.
    pub report: Report,
    /// `scale.json`.
    pub scale: Value,
    /// `profile.json`.
    pub profiles: Profiles,
    /// `growth.json`.
    pub growths: Growths,
    /// `memory.json`.
    pub memories: Memories,
}

/// The page, with all its tables as the data has them.
#[must_use]
pub fn rewritten(page: &str, data: &Data) -> String {
    let (mut text, mut section, mut part) = (String::new(), "", "");
    let mut lines = page.lines().peekable();
    while let Some(line) = lines.next() {
        if let Some(heading) = line.strip_prefix("## ") {
            section = heading;
        }
        if let Some(heading) = line.strip_prefix("### ") {
            part = heading;
        }
        if !line.starts_with('|') {
            let _ = writeln!(text, "{line}");
            continue;
        }
        let mut table = vec![line];
        while let Some(line) = lines.next_if(|line| line.starts_with('|')) {
            table.push(line);
        }
        text.push_str(&match section {
            "The loop and its aims" => aims(data),
            "Where the instructions are" => tables::by_file(&data.profiles, subjects::job(part)),
            "What more tasks cost" => tables::growth(&data.growths),
            "Where the memory is" => tables::memory(&data.memories),
            _ => filled(&table, section, data),
        });
    }
    text
}

/// A table with the same rows and columns, and the figures of the data.
fn filled(table: &[&str], section: &str, data: &Data) -> String {
    let header = cells(table[0]);
    let mut text = String::new();
    for (number, line) in table.iter().enumerate() {
        let row = cells(line);
        if number < 2 || figure(section, row[0], header[1], data).is_none() {
            let _ = writeln!(text, "{line}");
            continue;
        }
        let figures =
            header[1..].iter().map(|column| figure(section, row[0], column, data).unwrap_or_else(|| "?".into()));
        let _ = writeln!(text, "| {} | {} |", row[0], figures.collect::<Vec<_>>().join(" | "));
    }
    text
}

fn cells(line: &str) -> Vec<&str> {
    line.trim().trim_matches('|').split('|').map(str::trim).collect()
}

/// The figure that stands there; `None` if that is no table of figures.
fn figure(section: &str, row: &str, column: &str, data: &Data) -> Option<String> {
    let dash = || "–".to_owned();
    let median = |group| data.median(group, row).map_or_else(dash, time);
    let last = |group| data.row(group, row).and_then(|row| row.late).map_or_else(dash, |late| time(late.worst));
    let times = |ratio: Option<f64>| ratio.map_or_else(dash, |ratio| format!("{} times", factor(ratio)));
    let price = |group| times(data.ratio(group, row, &format!("{row} by hand")));
    Some(match (section, column) {
        ("A yield", "2 tasks") => median("yield-2"),
        ("A yield", "100") => median("yield-100"),
        ("A yield", "10,000") => median("yield-10000"),
        ("A yield", "1,000,000") => median("yield-1000000"),
        ("A yield", "growth") => times(data.growth(row)),
        ("Spawn and join", "100 tasks") => median("spawn-100"),
        ("Spawn and join", "10,000") => median("spawn-10000"),
        ("Timers", "100 sleepers") => last("timers-100"),
        ("Timers", "100,000") => last("timers-100000"),
        ("A wake from another thread, and a start", "a wake and back") => median("wake"),
        ("A wake from another thread, and a start", "start and close") => median("start"),
        ("Work for the processors", "threads") => {
            data.row("paint", row).map_or_else(dash, |row| row.threads.to_string())
        }
        ("Work for the processors", "32 canvases") => median("paint"),
        ("Work for the processors", "to one thread") => {
            let (name, _) = row.rsplit_once(", ").unwrap_or((row, ""));
            times(data.ratio("paint", row, &format!("{name}, 1")))
        }
        ("What our abstraction costs", "yield, 2 tasks") => price("yield-2"),
        ("What our abstraction costs", "100") => price("yield-100"),
        ("What our abstraction costs", "10,000") => price("yield-10000"),
        ("What our abstraction costs", "spawn, 10,000") => price("spawn-10000"),
        ("A million canvases", "above ideal") => data.above_ideal(row).map_or_else(dash, |s| format!("{s:.2} s")),
        ("A million canvases", "memory of a task") => {
            data.memory(row).map_or_else(dash, |bytes| format!("{bytes:.0} B"))
        }
        _ => return None,
    })
}

impl Data {
    fn group(&self, id: &str) -> Option<&GroupReport> {
        self.report.groups.iter().find(|group| group.id == id)
    }

    fn row(&self, group: &str, name: &str) -> Option<&Row> {
        self.group(group)?.rows.iter().find(|row| row.name == name)
    }

    fn median(&self, group: &str, name: &str) -> Option<f64> {
        Some(self.row(group, name)?.ns.median)
    }

    /// The ratio of two rows within a round.
    fn ratio(&self, group: &str, of: &str, to: &str) -> Option<f64> {
        Some(self.group(group)?.pairs.iter().find(|pair| pair.of == of && pair.to == to)?.ratio.median)
    }

    fn to_fastest(&self, group: &str, name: &str) -> Option<f64> {
        Some(self.row(group, name)?.to_fastest_full.as_ref()?.median)
    }

    /// Spawn and join of our loop through the trait, divided by tokio's, by their medians: the benches save no ratio of the two.
    #[must_use]
    pub fn spawn_to_tokio(&self) -> Option<f64> {
        Some(self.median("spawn-10000", "generator")? / self.median("spawn-10000", "tokio")?)
    }

    /// A yield with a million tasks, divided by one with ten thousand.
    #[must_use]
    pub fn growth(&self, name: &str) -> Option<f64> {
        Some(self.median("yield-1000000", name)? / self.median("yield-10000", name)?)
    }

    fn run(&self, runtime: &str) -> Option<&Value> {
        self.scale["runs"].as_array()?.iter().find(|run| run["runtime"] == runtime)
    }

    /// In seconds, of `paintdry scale`.
    fn above_ideal(&self, runtime: &str) -> Option<f64> {
        let run = self.run(runtime)?;
        Some((run["wall_ns"].as_f64()? - run["ideal_ns"].as_f64()?) / 1e9)
    }

    /// How much longer than the heap of boxed closures.
    #[must_use]
    pub fn above_heap(&self, runtime: &str) -> Option<f64> {
        Some(self.above_ideal(runtime)? / self.above_ideal("floor-closures")?)
    }

    /// In bytes, of `paintdry scale`.
    fn memory(&self, runtime: &str) -> Option<f64> {
        self.run(runtime)?["bytes_per_task"].as_f64()
    }
}

const HAND: &str = "generators by hand";
const ASYNC: &str = "generator by hand";
const MACHINES: &str = "boxed state machines in a VecDeque";
const FUTURES: &str = "boxed futures in a VecDeque";
const SIZES: [&str; 3] = ["yield-2", "yield-100", "yield-10000"];

/// What was aimed at, what was reached, and whether that is met.
fn aims(data: &Data) -> String {
    let mut text = String::from("| | aimed at | reached | met |\n|---|---|---|---|\n");
    // An aim for each figure, or one for all.
    let mut row = |what: &str, aims: &[f64], unit: &str, reached: &[Option<f64>]| {
        let printed = |figure: f64| if unit == "B" { format!("{figure:.0}") } else { factor(figure) };
        let figures: Vec<_> = reached.iter().flatten().copied().map(printed).collect();
        // As it is printed, so that nobody has to guess why 1.10 is not met.
        let is_met = |(figure, aim): &(&String, &f64)| figure.parse::<f64>().is_ok_and(|figure| figure <= **aim);
        let met = match figures.iter().zip(aims.iter().cycle()).filter(is_met).count() {
            0 => "no".to_owned(),
            met if met == figures.len() => "yes".to_owned(),
            met => format!("{met} of {}", figures.len()),
        };
        let figures: Vec<_> = figures.iter().map(|figure| format!("{figure} {unit}")).collect();
        let aims: Vec<_> = aims.iter().copied().map(printed).collect();
        let _ = writeln!(text, "| {what} | at most {} | {} | {met} |", aims.join(", "), figures.join(", "));
    };
    let floor = |of: &'static str, to: &'static str| SIZES.map(|group| data.ratio(group, of, to));
    let by_hand = "a yield by hand, divided by boxed state machines; 2, 100, 10,000 tasks";
    row(by_hand, &[0.85, 0.75, 1.15], "times", &floor(HAND, MACHINES));
    row(
        "a yield of an `async fn`, divided by boxed futures; the same",
        &[1.1, 1.05, 1.1],
        "times",
        &floor(ASYNC, FUTURES),
    );
    for (what, name) in [("by hand", HAND), ("of an `async fn`", ASYNC)] {
        let what = format!("a yield {what}, 100 tasks, divided by the fastest full runtime");
        row(&what, &[0.16], "times", &[data.to_fastest("yield-100", name)]);
    }
    row(
        "spawn and join of 10,000 tasks, by hand and `async`, divided by the fastest full runtime",
        &[0.9, 1.0],
        "times",
        &[HAND, ASYNC].map(|name| data.to_fastest("spawn-10000", name)),
    );
    row("the same through the trait, divided by tokio", &[0.5], "times", &[data.spawn_to_tokio()]);
    row(
        "memory of a sleeping task with its handle, by hand, `async`, and through the trait",
        &[100.0, 140.0, 200.0],
        "B",
        &["generator-by-hand", "generator-async", "generator"].map(|name| data.memory(name)),
    );
    let heap =
        [data.ratio("timers-100000", HAND, "boxed closures in a BinaryHeap"), data.above_heap("generator-by-hand")];
    row(
        "sleepers above the ideal, by hand, divided by boxed closures in a heap; 100,000 and 1,000,000",
        &[1.3, 1.2],
        "times",
        &heap,
    );
    for (what, name, floor) in [("by hand", HAND, MACHINES), ("of an `async fn`", ASYNC, FUTURES)] {
        let aim = data.growth(floor).unwrap_or_default();
        let what = format!("growth of a yield {what} from 10,000 to 1,000,000 tasks; the aim is the floor's");
        row(&what, &[(aim * 100.0).round() / 100.0], "times", &[data.growth(name)]);
    }
    for name in ["generator", "tokio", "tokio-multi", "async-std", "smol", "smol-global"] {
        let price = SIZES.map(|group| data.ratio(group, name, &format!("{name} by hand")));
        row(
            &format!("{name} through the trait, divided by the same by hand; 2, 100, 10,000 tasks"),
            &[1.03],
            "times",
            &price,
        );
    }
    text
}

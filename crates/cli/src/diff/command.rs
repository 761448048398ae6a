//! The subcommand `diff` from its options to its result.

use super::DiffArgs;
use super::args::DiffFormat;
use super::chosen::{File, of_one, of_two};
use super::page::Page;
use super::report::Report;
use crate::ending::{Exit, FAILED, TROUBLE};
use crate::format::json;
use crate::place::{Afterwards, Place};
use crate::recording::{Kind, check_differ, check_keeps, is_recording, read};
use paintdry_diff::{diff, group};
use paintdry_terminal::output::is_dash;

/// Compares the runs, and gives the exit status: as with `diff`, 0 if they do the same, and 1 if they differ.
pub(crate) fn diff_job(args: &DiffArgs) -> Result<u8, Exit> {
    let files: Vec<_> = std::iter::once(&args.left).chain(&args.right).collect();
    if files.iter().filter(|file| is_dash(file)).count() > 1 {
        return Err(Exit::trouble(
            "standard input holds one recording and cannot be both; name a file for one of them",
        ));
    }
    let output = args.output.open()?;
    let afterwards = Afterwards { says_so: !args.output.quiet, opens: args.open };
    let place = args.replay.as_ref().map(|name| Place::of_page(name.as_deref(), "--replay", afterwards));
    let mut places: Vec<_> =
        place.transpose().map_err(Exit::trouble)?.into_iter().map(|place| (Kind::Replay, place)).collect();
    check_differ(Some(&output), &places).map_err(Exit::trouble)?;
    for file in &files {
        check_keeps(&output, file).map_err(Exit::trouble)?;
        if places.iter().any(|(_, place)| is_recording(place, file)) {
            return Err(Exit::trouble("the page and a recording are one file; name another one for the page"));
        }
    }
    let recordings = files.iter().map(|file| read(file)).collect::<Result<Vec<_>, _>>().map_err(Exit::trouble)?;
    let mut files = files.iter().zip(&recordings).map(|(name, recording)| File { name, recording });
    let (Some(left), right) = (files.next(), files.next()) else { return Ok(TROUBLE) };
    let report = match &right {
        None => {
            let runs = of_one(&left, &args.runtimes).map_err(Exit::trouble)?;
            match &runs[..] {
                [one, other] => Report::Pairs(vec![(one.clone(), other.clone(), diff(one, other))]),
                _ => Report::Groups { groups: group(&runs), runs },
            }
        }
        Some(right) => {
            let pairs = of_two(&left, right, &args.runtimes).map_err(Exit::trouble)?;
            let compared = pairs.into_iter().map(|(one, other)| {
                let compared = diff(&one, &other);
                (one, other, compared)
            });
            Report::Pairs(compared.collect())
        }
    };
    let page = Page::of(&report).filter(|_| !places.is_empty());
    let mut text = match args.format {
        DiffFormat::Table => report.text(),
        DiffFormat::Json => json(&report.json()),
    };
    let place = places.pop().map(|(_, place)| place);
    if let (Some(place), DiffFormat::Table) = (&place, args.format) {
        let sentence = match &page {
            Some(page) => format!("The page opens at {}#{}", place.shown(), page.moment),
            None => "No page is written, because there is no difference to show.".to_owned(),
        };
        text = [&text, "\n", &sentence, "\n"].concat();
    }
    let written = output.write(&text, args.output.colour());
    let replayed = match (place, page) {
        (Some(place), Some(page)) => page.html().and_then(|html| place.write(html.as_bytes())),
        _ => Ok(()),
    };
    written.and(replayed).map_err(Exit::trouble)?;
    Ok(if report.is_same() { 0 } else { FAILED })
}

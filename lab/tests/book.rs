//! Holds the book to the lab: every link into the lab fits its program, and every answer is what the program does.
//!
//! Beside each question of the book, a comment says what the answer rests on. `<!-- plays: lab=paint&canvases=10: passed | 12 s -->`
//! means that the lab of this link has, among others, these facts: how the run ends, a line of its message, its turns, its time,
//! the goals it reaches, what a task does in a turn, and how many schedules there are and fail.

use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// A page of the book, by its name, with its text.
fn pages() -> Vec<(String, String)> {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs");
    let files = fs::read_dir(docs).expect("the book is in the repository");
    let mut pages: Vec<_> = files
        .map(|file| file.expect("its folder can be read").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .map(|path| {
            let name = path.file_name().expect("an entry has a name").to_string_lossy().into_owned();
            (name, fs::read_to_string(path).expect("a page is text"))
        })
        .collect();
    pages.sort();
    pages
}

/// What follows each `start` in the page, up to one of the characters `ends`.
fn after<'a>(page: &'a str, start: &str, ends: &[char]) -> Vec<&'a str> {
    page.split(start).skip(1).filter_map(|rest| rest.split(ends).next()).collect()
}

/// What follows the `#` in each frame with a lab, and in each link to the still of a lab, which the book makes a link to the lab.
fn links(page: &str) -> Vec<&str> {
    let stills = after(page, "](images/stills/lab-", &[')']).into_iter().filter_map(|link| link.split_once('#'));
    after(page, "replays/lab.html#", &['"']).into_iter().chain(stills.map(|(_, lab)| lab)).collect()
}

/// The links and facts of the comments.
fn promises(page: &str) -> Vec<(&str, Vec<&str>)> {
    let comments = page.split("<!-- plays: ").skip(1).filter_map(|rest| rest.split(" -->").next());
    let parted = comments.map(|comment| comment.split_once(": ").unwrap_or((comment, "")));
    parted.map(|(link, facts)| (link, facts.split(" | ").collect())).collect()
}

/// The catalogue's entry for this program.
fn program(name: &str) -> Option<Value> {
    let mut answer: Value = serde_json::from_str(&paintdry_lab::answer("catalogue")).expect("an answer is JSON");
    let programs = answer["catalogue"]["programs"].take();
    programs.as_array()?.iter().find(|program| program["name"] == name).cloned()
}

/// The words of a request for this link. The error says what in the link does not exist.
fn words(link: &str) -> Result<String, String> {
    let mut parts = link.split('&').map(|part| part.split_once('=').ok_or(format!("{part} has no value")));
    let Some(Ok(("lab", name))) = parts.next() else { return Err("it does not begin with lab=".to_owned()) };
    let known = program(name).ok_or(format!("no program is called {name}"))?;
    let known = known["parameters"].as_array().cloned().unwrap_or_default();
    let mut words = vec![format!("program={name}")];
    for part in parts {
        let (parameter, value) = part?;
        match parameter {
            "chooses" if matches!(value, "0" | "1") => continue,
            "choices" => {}
            _ => {
                let known = known.iter().find(|known| known["name"] == parameter);
                let known = known.ok_or(format!("{name} has no parameter {parameter}"))?;
                let number = |end: &str| known[end].as_u64().unwrap_or_default();
                let value: u64 = value.parse().map_err(|_| format!("{parameter}={value} is no number"))?;
                let is_a_step = value >= number("min") && (value - number("min")).is_multiple_of(number("step"));
                if value > number("max") || !is_a_step {
                    return Err(format!("the control {parameter} has no position {value}"));
                }
            }
        }
        words.push(format!("{parameter}={value}"));
    }
    Ok(words.join(" "))
}

/// The answer to a request, if it is no error.
fn answer(request: &str, kind: &str) -> Result<Value, String> {
    let mut answer: Value =
        serde_json::from_str(&paintdry_lab::answer(&format!("{kind} {request}"))).map_err(|error| error.to_string())?;
    match answer["error"].as_str() {
        Some(error) => Err(error.to_owned()),
        None => Ok(answer[kind].take()),
    }
}

/// The run of a link, to its end.
fn run(link: &str) -> Result<Value, String> {
    let run = answer(&format!("{} finish=1", words(link)?), "run")?;
    match &run["does_not_fit"] {
        Value::Null => Ok(run),
        choice => Err(format!("choice {choice} does not fit the program")),
    }
}

fn texts(list: &Value) -> Vec<&str> {
    list.as_array().into_iter().flatten().filter_map(Value::as_str).collect()
}

/// All that a comment may say about a link; with `counts`, of all its schedules as well.
fn facts(link: &str, counts: bool) -> Result<Vec<String>, String> {
    let run = run(link)?;
    let mut facts = vec![
        run["ended"]["kind"].as_str().unwrap_or_default().to_owned(),
        format!("{} turns", run["turn"]),
        format!("{} s", run["time_ns"].as_f64().unwrap_or_default() / 1e9),
    ];
    facts.extend(run["ended"]["message"].as_str().into_iter().flat_map(str::lines).map(|line| line.trim().to_owned()));
    facts.extend(texts(&run["goals"]).into_iter().map(|goal| format!("goal {goal}")));
    for turn in run["turns"].as_array().into_iter().flatten() {
        let name = turn["name"].as_str().unwrap_or_default();
        facts.extend(texts(&turn["did"]).into_iter().map(|did| format!("{name}: {did}")));
    }
    if !counts {
        return Ok(facts);
    }
    let parameters = words(link)?.split(' ').filter(|word| !word.starts_with("choices=")).collect::<Vec<_>>().join(" ");
    let explored = answer(&parameters, "explore")?;
    if explored["complete"] == true {
        facts.push(format!("{} schedules", explored["schedules"]));
        facts.push(format!("{} fail", explored["failing"]));
        facts.push(format!("shortest failure {} turns", explored["shortest_failing"]["turns"]));
    }
    Ok(facts)
}

#[test]
fn every_link_fits_its_program() {
    let mut seen = 0;
    let mut wrong = Vec::new();
    for (name, page) in pages() {
        for link in links(&page) {
            seen += 1;
            if let Err(error) = run(link) {
                wrong.push(format!("docs/{name}: {link}: {error}"));
            }
        }
    }
    assert!(seen >= 11, "only {seen} links were found");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_link_that_does_not_fit_is_found() {
    for (link, why) in [
        ("lab=tea", "no program is called tea"),
        ("lab=paint&cups=1", "paint has no parameter cups"),
        ("lab=paint&canvases=99", "the control canvases has no position 99"),
        ("lab=paint&drying=150", "the control drying has no position 150"),
        ("lab=two-locks&choices=0.5", "choice 2 does not fit the program"),
    ] {
        assert_eq!(run(link), Err(why.to_owned()));
    }
}

/// To play is to find something out. A chapter of two pages asks on one of them.
#[test]
fn every_chapter_that_links_to_the_lab_asks_a_question_about_it() {
    let of_chapter = |name: &str| name.get(..2).filter(|number| number.parse::<u32>().is_ok()).map(str::to_owned);
    let (mut asking, mut linking) = (BTreeSet::new(), BTreeSet::new());
    for (name, page) in pages() {
        let Some(chapter) = of_chapter(&name) else { continue };
        if !links(&page).is_empty() {
            linking.insert(chapter.clone());
        }
        if !promises(&page).is_empty() {
            asking.insert(chapter);
        }
    }
    assert!(linking.len() >= 14, "only {linking:?} were found");
    let without: Vec<_> = linking.difference(&asking).collect();
    assert!(without.is_empty(), "these chapters link to the lab, and ask no question about it: {without:?}");
}

#[test]
fn every_answer_is_what_happens() {
    let (mut labs, mut wrong) = (0, Vec::new());
    for (name, page) in pages() {
        let promises = promises(&page);
        if page.contains("=\"replays/lab.html#") {
            labs += 1;
            let (answers, asked) = (page.matches("<summary>Answer</summary>").count(), promises.len());
            if answers == 0 || asked == 0 {
                wrong.push(format!("docs/{name}: {answers} answers, and {asked} comments say what they rest on"));
            }
        }
        for (link, promised) in promises {
            let counts = promised.iter().any(|fact| fact.contains("schedules") || fact.contains("fail"));
            match facts(link, counts) {
                Err(error) => wrong.push(format!("docs/{name}: {link}: {error}")),
                Ok(facts) => {
                    let missing = promised.into_iter().filter(|fact| !facts.iter().any(|known| known == fact));
                    wrong.extend(missing.map(|fact| format!("docs/{name}: {link}: not {fact:?}, but {facts:?}")));
                }
            }
        }
    }
    assert!(labs >= 11, "only {labs} pages have a lab");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

//! A name is introduced before Rust uses it, in each chapter and in its exercises.
//!
//! A page introduces the names that it shows in backticks, and code those that it defines. What a fold introduces counts inside it
//! alone, and what an exercise introduces counts in the next exercises, because a reader may skip both. No test can know whether the
//! words before a name explain it. This one says when there are none. It reads words and marks, and not the syntax, because a quote
//! may be half a function.

use super::{chapters, links, read, shape::section};
use std::collections::{BTreeSet, HashSet};
use std::mem;

/// Not introduced: the names that the Rust book has before its chapter on async, and others of std that say what they do. The page
/// front.md names what else a reader has to know.
const PLAIN: &str = "
    Self as self pub if match while for derive
    std Arc Box Cell Debug Default Drop Duration Err Error Fn FnMut FnOnce Instant
    Item Mutex MutexGuard None Ok Option PartialEq PoisonError Rc RefCell Result Send Some String ToString Vec
    assert assert_eq format format_args matches panic println vec
    collect flat_map for_each into_iter iter last map max next once sum zip
    and_then as_deref expect is_err is_none is_ok is_ok_and is_pending is_ready is_some map_err map_or_else ok_or then_some unwrap
    unwrap_or unwrap_or_default unwrap_or_else
    clear extend get insert is_empty len pop push remove sort_unstable
    as_bytes parse to_owned to_string trim_end
    from_millis is_zero is_multiple_of saturating_add saturating_duration_since saturating_sub
    MAX borrow_mut clone default drop from into into_inner lock new ptr_eq set
";

/// In Rust it has no name of its own, only the words `&& let`.
const LET_CHAIN: &str = "let-chain";

/// Reads as a reader does, from the first page on.
#[derive(Default)]
struct Reader {
    known: HashSet<String>,
    /// What was known before the fold in which the reader is.
    before_fold: Option<HashSet<String>>,
    /// What the exercises so far have introduced, for the next ones.
    in_exercises: HashSet<String>,
    /// The names of `PLAIN` that were used.
    plain: HashSet<&'static str>,
    wrong: Vec<String>,
}

impl Reader {
    fn prose(&mut self, text: &str) {
        for part in text.split_inclusive("details>") {
            self.known.extend(quoted(part).map(str::to_owned));
            if part.contains(LET_CHAIN) {
                self.known.insert(LET_CHAIN.to_owned());
            }
            if part.ends_with("</details>") {
                self.known = self.before_fold.take().expect("a fold ends after it begins");
            } else if part.ends_with("<details>") {
                self.before_fold = Some(self.known.clone());
            }
        }
    }

    fn code(&mut self, code: &str, place: &str) {
        let tokens = tokens(code);
        self.known.extend(defined(&tokens).map(str::to_owned));
        let mut unknown = Vec::new();
        for name in used(&tokens) {
            if let Some(plain) = PLAIN.split_whitespace().find(|plain| *plain == name) {
                self.plain.insert(plain);
            } else if self.known.insert(name.to_owned()) {
                unknown.push(name);
            }
        }
        if !unknown.is_empty() {
            self.wrong.push(format!("{place}: no text before this names {}", unknown.join(", ")));
        }
    }

    fn page(&mut self, text: &str, place: &str) {
        let mut line = 1;
        for (index, part) in text.split("```").enumerate() {
            if index % 2 == 0 {
                self.prose(part);
            } else if part.starts_with("rust") || part.starts_with("diff") {
                let (_, code) = part.split_once('\n').expect("a block has lines");
                self.code(code, &format!("{place}:{line}"));
            }
            line += part.matches('\n').count();
        }
    }

    /// The student's part of an exercise. Its comments introduce names, and so does any code of the file.
    fn exercise(&mut self, text: &str, place: &str) {
        let before = self.known.clone();
        let (program, _) = text.split_once("#[cfg(test)]").expect("each exercise has tests");
        let program = program.split("// You need not change anything below").next().unwrap_or_default();
        let comments = program.lines().filter_map(|line| Some(line.split_once("//")?.1));
        self.known.extend(comments.flat_map(quoted).map(str::to_owned));
        self.known.extend(defined(&tokens(text)).map(str::to_owned));
        self.known.extend(mem::take(&mut self.in_exercises));
        self.code(program, place);
        self.in_exercises = mem::replace(&mut self.known, before);
    }
}

fn is_in_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// The names that a text shows as code.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    let in_html = text.split("<code>").skip(1).filter_map(|rest| rest.split("</code>").next());
    text.split('`').skip(1).step_by(2).chain(in_html).flat_map(|code| code.split(|c| !is_in_word(c)))
}

/// The words and the marks of code, without comments, texts and lifetimes.
fn tokens(code: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut rest = code;
    while let Some(first) = rest.chars().next() {
        let end = match first {
            '/' if rest.starts_with("//") => rest.find('\n'),
            '"' => end_of_text(rest),
            _ if is_in_word(first) || first == '\'' => rest.find(|c| !is_in_word(c) && c != '\''),
            _ => Some(first.len_utf8()),
        };
        let (token, after) = rest.split_at(end.unwrap_or(rest.len()));
        rest = after;
        if !token.starts_with("//") && !token.contains(['"', '\'']) && !token.trim().is_empty() {
            tokens.push(token);
        }
    }
    tokens
}

fn end_of_text(text: &str) -> Option<usize> {
    let mut is_escaped = false;
    text.char_indices().skip(1).find_map(|(index, c)| {
        let is_end = c == '"' && !is_escaped;
        is_escaped = c == '\\' && !is_escaped;
        is_end.then_some(index + 1)
    })
}

fn is_name(token: &str) -> bool {
    token.len() > 1 && token.starts_with(|c: char| c.is_alphabetic() || c == '_') // a single letter is a parameter
}

fn is_type(token: &str) -> bool {
    token.starts_with(char::is_uppercase)
}

/// The names of which a reader may ask what they are: types, paths, what is called, what is imported, and some words of Rust.
fn used<'a>(tokens: &[&'a str]) -> BTreeSet<&'a str> {
    let mut used = BTreeSet::new();
    let mut imports = false;
    for (index, &token) in tokens.iter().enumerate() {
        let (before, after) = (&tokens[..index], &tokens[index + 1..]);
        let is_generic = after.starts_with(&[":", ":", "<"]);
        let leads = after.starts_with(&[":", ":"]) && !is_generic;
        let follows = before.ends_with(&[":", ":"]);
        let is_called =
            is_generic || after.starts_with(&["("]) || after.starts_with(&["!"]) && !after.starts_with(&["!", "="]);
        let is_used = match token {
            "use" => {
                imports = true;
                false
            }
            ";" => {
                imports = false;
                false
            }
            "async" | "await" => true,
            "let" => {
                if before.ends_with(&["&", "&"]) {
                    used.insert(LET_CHAIN);
                }
                false
            }
            _ if !is_name(token) => false,
            _ if imports => !leads,
            _ => is_type(token) || is_called || leads != follows, // a module inside a path is no name
        };
        if is_used {
            used.insert(token);
        }
    }
    used
}

/// The names that code defines: items, variants, variables, fields and parameters.
fn defined<'a>(tokens: &[&'a str]) -> impl Iterator<Item = &'a str> {
    const ITEMS: [&str; 8] = ["fn", "struct", "enum", "trait", "type", "const", "static", "mod"];
    let mut defined = Vec::new();
    let mut is_pattern = false;
    let mut is_enum = false;
    let mut depth = 0; // of the brackets of an enum
    for (index, &token) in tokens.iter().enumerate() {
        let (before, after) = (&tokens[..index], &tokens[index + 1..]);
        match token {
            "let" => is_pattern = true,
            "=" | ":" => is_pattern = false,
            "enum" => is_enum = true,
            "{" | "(" | "[" if is_enum => depth += 1,
            "}" | ")" | "]" if is_enum => {
                depth -= 1;
                is_enum = depth > 0;
            }
            _ => {}
        }
        let is_item = before.last().is_some_and(|last| ITEMS.contains(last));
        let is_field = after.starts_with(&[":"]) && !after.starts_with(&[":", ":"]) && !before.ends_with(&[":"]);
        if is_item || depth == 1 || !is_type(token) && (is_pattern || is_field) {
            defined.push(token);
        }
    }
    defined.into_iter().filter(|token| is_name(token))
}

#[test]
fn each_name_is_introduced_before_it_is_used() {
    let mut reader = Reader::default();
    reader.prose(section(&read("docs/front.md"), "What you need"));
    for page in chapters() {
        let text = read(&format!("docs/{page}"));
        reader.page(&text, &format!("docs/{page}"));
        for link in links(section(&text, "Exercises")) {
            if let Some(path) = link.strip_prefix("../").filter(|path| path.starts_with("crates/exercises/exercises/"))
            {
                reader.exercise(&read(path), path);
            }
        }
    }
    let mut wrong = reader.wrong;
    let unused = PLAIN.split_whitespace().filter(|plain| !reader.plain.contains(plain));
    wrong.extend(unused.map(|plain| format!("names.rs: no chapter uses {plain}, so it need not be in PLAIN")));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_name_without_an_introduction_is_found() {
    let wrong = |page: &str| {
        let mut reader = Reader::default();
        reader.page(page, "page");
        reader.wrong.join("\n")
    };
    let unknown = |names: &str| format!("page:2: no text before this names {names}");
    let code = "```rust\nlet pot = Pot::new(\"Blue\"); // Red\nmix(pot).await;\n```\n";
    assert_eq!(wrong(&format!("It comes later.\n{code}`Pot`, `mix`, `.await`")), unknown("Pot, await, mix"));
    assert_eq!(wrong(&format!("`Pot`, `mix(pot)` and `.await`\n{code}")), "");
    assert_eq!(wrong(&format!("<details>`Pot`</details> `mix`\n{code}")), unknown("Pot, await"));
    assert_eq!(wrong(&format!("`.await`\n{}", code.replace("let", "struct Pot;\nfn mix() {}\nlet"))), "");
    assert_eq!(
        wrong("\n```rust\nuse pots::{Pot, pour};\nif let Some(a) = b && let Some(c) = d {}\n```"),
        unknown("Pot, let-chain, pour")
    );
    assert_eq!(wrong("\n```rust\nenum Pot { Full(Paint), Empty }\nPot::Empty;\n```"), unknown("Paint"));
}

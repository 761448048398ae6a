//! What the compiler says of the programs that it refuses: the pages name its error codes and quote its words.
//!
//! A block that must not compile may name the code of its error: `rust,compile_fail,E0373`. rustdoc checks the code on
//! nightly only, so it is checked here. Below `<!-- compiler -->`, a block of text quotes the compiler on the block
//! before it. Other compilers have other words, so these are compared only if the compiler is the one that the pages
//! quote.

use super::{Block, blocks, prose, read};
use std::env;
use std::io::Write;
use std::process::{Command, Stdio};

/// Whose words the pages quote.
const QUOTED: &str = "rustc 1.95.";

/// Whether rustdoc compiles such a block. One that must not compile may name the code of its error.
pub(super) fn is_doctest(language: &str) -> bool {
    let kind = language.split_once(",E").map_or(language, |(kind, _code)| kind);
    matches!(kind, "rust" | "rust,compile_fail" | "rust,should_panic")
}

fn rustc(arguments: &[&str], program: &str) -> String {
    let compiler = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let mut command = Command::new(compiler);
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("a test has its compiler");
    child.stdin.take().expect("it is piped").write_all(program.as_bytes()).expect("it listens");
    let output = child.wait_with_output().expect("it ends");
    String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned()
}

/// The block as rustdoc compiles it: with its hidden lines, inside a `main`.
fn program(block: &Block) -> String {
    let lines = block.text.lines().map(|line| line.strip_prefix("# ").unwrap_or(line));
    format!("fn main() {{\n{}\n}}\n", lines.collect::<Vec<_>>().join("\n"))
}

/// What the compiler says of the block.
fn words(block: &Block) -> String {
    let folder = concat!("--out-dir=", env!("CARGO_TARGET_TMPDIR")); // for a program that should not compile, and does
    rustc(&["--edition=2024", "--crate-name=page", "--emit=metadata", folder, "-"], &program(block))
}

/// The lines, in this order, with others between them.
fn has_lines(words: &str, lines: &str) -> Result<(), String> {
    let mut rest = words;
    for line in lines.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let Some((_, after)) = rest.split_once(line) else { return Err(line.to_owned()) };
        rest = after;
    }
    Ok(())
}

#[test]
fn the_compiler_says_what_the_pages_quote() {
    let is_quoted = rustc(&["--version"], "").starts_with(QUOTED);
    let (mut codes, mut quotes, mut wrong) = (0, 0, Vec::new());
    for page in prose() {
        let blocks = blocks(&read(&format!("docs/{page}")));
        for (index, block) in blocks.iter().enumerate() {
            let code = block.language.strip_prefix("rust,compile_fail,");
            let quote = blocks.get(index + 1).filter(|next| next.is_of_the_compiler);
            if code.is_none() && quote.is_none() {
                continue;
            }
            let (at, words) = (format!("docs/{page}:{}", block.line), words(block));
            codes += usize::from(code.is_some());
            quotes += usize::from(quote.is_some());
            if let Some(code) = code.filter(|code| !words.contains(&format!("error[{code}]"))) {
                wrong.push(format!("{at}: the compiler does not name {code}:\n{words}"));
            }
            if let Some(Err(line)) = quote.filter(|_| is_quoted).map(|quote| has_lines(&words, &quote.text)) {
                wrong.push(format!("{at}: the compiler does not say {line:?} next:\n{words}"));
            }
        }
    }
    assert!(codes >= 1 && quotes >= 2, "{codes} codes and {quotes} quotes were found");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

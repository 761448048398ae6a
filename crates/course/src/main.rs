//! Writes the pictures and stills of the book into `docs/images`, and its replay pages and lab into `docs/replays`:
//! `cargo run -p paintdry-course`, before `mdbook build docs`. With the argument `links`, it is the preprocessor that mdBook calls.

use paintdry_course::{links, pictures, replays, stills};
use std::env;
use std::error::Error;
use std::fs;
use std::io;
use std::panic;
use std::path::Path;
use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};

/// Some programs of the book panic, because that is what they show. Their messages are kept, and printed only if the build fails.
fn main() -> ExitCode {
    let arguments: Vec<_> = env::args().skip(1).collect();
    if arguments.first().is_some_and(|argument| argument == "links") {
        return preprocess(&arguments[1..]);
    }
    let messages = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&messages);
    panic::set_hook(Box::new(move |panic| {
        kept.lock().unwrap_or_else(PoisonError::into_inner).push(panic.to_string());
    }));
    match panic::catch_unwind(build) {
        Ok(Ok(())) => return ExitCode::SUCCESS,
        Ok(Err(error)) => eprintln!("error: {error}"),
        Err(_) => {
            for message in messages.lock().unwrap_or_else(PoisonError::into_inner).iter() {
                eprintln!("{message}");
            }
            eprintln!("error: the build of the book panicked; the last message above says where");
        }
    }
    ExitCode::FAILURE
}

/// Answers mdBook: whether it supports a kind of book, or the book with the links that play.
fn preprocess(arguments: &[String]) -> ExitCode {
    if let [supports, kind] = arguments
        && supports == "supports"
    {
        return if kind == "html" { ExitCode::SUCCESS } else { ExitCode::FAILURE };
    }
    match preprocessed() {
        Ok(book) => println!("{book}"),
        Err(error) => {
            eprintln!("error: this is not what mdBook gives to a preprocessor: {error}");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}

fn preprocessed() -> Result<String, Box<dyn Error>> {
    Ok(links::preprocess(&io::read_to_string(io::stdin())?)?)
}

fn build() -> Result<(), Box<dyn Error>> {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs");
    let write = |path: String, text: String| -> Result<(), Box<dyn Error>> {
        fs::write(docs.join(&path), text).map_err(|error| format!("docs/{path}: {error}"))?;
        println!("docs/{path}");
        Ok(())
    };
    fs::create_dir_all(docs.join("replays"))?;
    fs::create_dir_all(docs.join("images/stills"))?;
    for picture in pictures::all() {
        write(format!("images/{}.svg", picture.name), (picture.draw)())?;
    }
    for replay in replays::all() {
        write(format!("replays/{}.html", replay.name), replay.page()?)?;
    }
    write("replays/lab.html".to_owned(), paintdry_replay::lab())?;

    for replay in replays::all() {
        write(stills::still(replay.name), replay.still()?)?;
    }
    for sentence in stills::missing(&docs)? {
        println!("{sentence}");
    }
    Ok(())
}

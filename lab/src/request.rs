//! What a page asks for: a line of words, as `lab-engine.js` writes it, such as `run program=two-locks painters=3 choices=0.1`.
//!
//! It is no JSON, because to read that takes 75 kB of code, which the page would carry.

use std::str::FromStr;

#[derive(Debug)]
pub(crate) enum Request<'a> {
    Catalogue,
    Run(Asked<'a>),
    Explore(Asked<'a>),
    Tree(Asked<'a>),
}

/// What runs, and how far. Every word that is not one of these sets a parameter of the program.
#[derive(Debug, Default)]
pub(crate) struct Asked<'a> {
    pub(crate) program: &'a str,
    pub(crate) parameters: Vec<(&'a str, u32)>,
    pub(crate) choices: Vec<u32>,
    pub(crate) finish: bool,
    pub(crate) limit: Option<u64>,
    pub(crate) steps: Option<u64>,
    pub(crate) state: Option<&'a str>,
}

impl<'a> Request<'a> {
    /// The error is a sentence.
    pub(crate) fn read(text: &'a str) -> Result<Self, String> {
        let mut words = text.split_whitespace();
        let request = match words.next() {
            Some("catalogue") => return Ok(Self::Catalogue),
            Some("run") => Self::Run,
            Some("explore") => Self::Explore,
            Some("tree") => Self::Tree,
            _ => return Err("this is no request; it begins with catalogue, run, explore or tree".to_owned()),
        };
        let mut asked = Asked::default();
        for word in words {
            let (name, value) = word.split_once('=').ok_or_else(|| format!("{word} has no value; write {word}=1"))?;
            match name {
                "program" => asked.program = value,
                "choices" => asked.choices = choices(value)?,
                "finish" => asked.finish = number::<u32>(name, value)? == 1,
                "limit" => asked.limit = Some(number(name, value)?),
                "steps" => asked.steps = Some(number(name, value)?),
                "state" => asked.state = Some(value),
                _ => asked.parameters.push((name, number(name, value)?)),
            }
        }
        Ok(request(asked))
    }
}

/// Choices, separated by points.
fn choices(text: &str) -> Result<Vec<u32>, String> {
    text.split_terminator('.').map(|choice| number("a choice", choice)).collect()
}

fn number<T: FromStr>(name: &str, text: &str) -> Result<T, String> {
    text.parse().map_err(|_| format!("{name} is {text}; take a whole number"))
}

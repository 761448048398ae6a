//! Reading the names of runtimes on the command line.

use clap::builder::{PossibleValue, TypedValueParser};
use clap::error::ErrorKind;
use std::ffi::OsStr;

/// The name of the option `--runtime` among clap's.
pub(crate) const RUNTIME: &str = "runtime";

/// Names that only `scale` knows, and only with the feature `peers`.
const PEERS: [&str; 2] = ["compio", "monoio"];

/// Reads the name of a runtime.
#[derive(Debug, Clone)]
pub(crate) struct RuntimeNames(pub(crate) Vec<&'static str>);

impl TypedValueParser for RuntimeNames {
    type Value = String;

    fn parse_ref(&self, command: &clap::Command, _: Option<&clap::Arg>, value: &OsStr) -> Result<String, clap::Error> {
        let name = value.to_string_lossy().trim().to_owned(); // a list may have spaces behind its commas
        if self.0.contains(&name.as_str()) {
            return Ok(name);
        }
        if PEERS.contains(&name.as_str()) {
            let message = format!("{name} is a peer that is not built in; build with `--features peers`, on Linux\n");
            return Err(clap::Error::raw(ErrorKind::InvalidValue, message).with_cmd(command));
        }
        let nearest = self.0.iter().map(|known| (strsim::damerau_levenshtein(known, &name), *known)).min();
        let suggestion = match nearest {
            Some((distance, known)) if distance <= 3 && distance < known.len() => format!("; did you mean '{known}'?"),
            _ => ";".to_owned(),
        };
        let message = format!("no runtime is called '{name}'{suggestion} the names are {}\n", self.0.join(", "));
        Err(clap::Error::raw(ErrorKind::InvalidValue, message).with_cmd(command))
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(self.0.iter().map(PossibleValue::new)))
    }
}

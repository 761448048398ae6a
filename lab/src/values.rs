//! The parameters of a program, and the values that a reader has set.

use serde::{Serialize, Serializer};
use std::time::Duration;

/// What a reader can set.
#[derive(Debug, Clone, Copy, Serialize)]
pub(crate) struct Parameter {
    pub(crate) name: &'static str,
    pub(crate) label: &'static str,
    pub(crate) kind: Kind,
    pub(crate) min: u32,
    pub(crate) max: u32,
    pub(crate) step: u32,
    pub(crate) default: u32,
    /// The switch that, while it is on, leaves this without an effect.
    pub(crate) unless: Option<&'static str>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Kind {
    Number,
    /// In milliseconds.
    Duration,
    /// 0 or 1.
    Switch,
}

impl Parameter {
    pub(crate) const fn number(name: &'static str, label: &'static str, range: [u32; 2], default: u32) -> Self {
        Self { name, label, kind: Kind::Number, min: range[0], max: range[1], step: 1, default, unless: None }
    }

    pub(crate) const fn duration(name: &'static str, label: &'static str, range: [u32; 2], default: u32) -> Self {
        Self { name, label, kind: Kind::Duration, min: range[0], max: range[1], step: 100, default, unless: None }
    }

    pub(crate) const fn switch(name: &'static str, label: &'static str, is_on: bool) -> Self {
        Self { name, label, kind: Kind::Switch, min: 0, max: 1, step: 1, default: is_on as u32, unless: None }
    }

    pub(crate) const fn unless(self, switch: &'static str) -> Self {
        Self { unless: Some(switch), ..self }
    }
}

/// A value for each parameter of a program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Values(Vec<(&'static str, u32)>);

impl Serialize for Values {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}

impl Values {
    /// Those that are set, and the default of each other. The error is a sentence.
    pub(crate) fn read(parameters: &'static [Parameter], set: &[(&str, u32)]) -> Result<Self, String> {
        let mut values: Vec<_> = parameters.iter().map(|known| (known.name, known.default)).collect();
        for (name, value) in set {
            let Some(position) = parameters.iter().position(|known| known.name == *name) else {
                return Err(format!("no parameter is called {name}; the catalogue lists them"));
            };
            let Parameter { min, max, .. } = parameters[position];
            if !(min..=max).contains(value) {
                return Err(format!("{name} is {value}; take a whole number from {min} to {max}"));
            }
            values[position].1 = *value;
        }
        Ok(Self(values))
    }

    /// # Panics
    /// If the program has no such parameter; the tests run each program.
    pub(crate) fn number(&self, name: &str) -> u32 {
        self.0.iter().find(|(known, _)| *known == name).expect("the program has this parameter").1
    }

    pub(crate) fn count(&self, name: &str) -> usize {
        self.number(name) as usize
    }

    pub(crate) fn time(&self, name: &str) -> Duration {
        Duration::from_millis(self.number(name).into())
    }

    pub(crate) fn is(&self, name: &str) -> bool {
        self.number(name) == 1
    }
}

//! A survey as text without blanks, which a page keeps from one answer to the next request.
//!
//! Its parts are separated by `~`: the next choices, what was counted, two schedules that are worth showing, and the leaves. In a part,
//! `_` separates items, `.` numbers, and `/` the numbers of one choice.

use crate::survey::{Chosen, Found, Kind, Kinds, Leaf, Survey};
use std::fmt::{self, Display, Write};
use std::str::FromStr;

impl Display for Survey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        listed(f, self.prefix.iter(), '.', |f, (chosen, of)| write!(f, "{chosen}/{of}"))?;
        let Kinds { passed, stuck, panicked, starved, failed } = self.kinds;
        let most = self.most_choices as u64;
        let counted = [self.schedules, most, passed, stuck, panicked, starved, failed];
        f.write_char('~')?;
        listed(f, counted.iter(), '.', |f, number| write!(f, "{number}"))?;
        for found in [&self.shortest_failing, &self.passing] {
            f.write_char('~')?;
            if let Some(Found { choices, turns, kind, .. }) = found {
                write!(f, "{}.{turns}", *kind as usize)?;
                choices.iter().try_for_each(|chosen| write!(f, ".{chosen}"))?;
            }
        }
        f.write_char('~')?;
        listed(f, self.leaves.iter(), '_', |f, Leaf { choices, kind, turns }| {
            write!(f, "{}/{turns}/0", *kind as usize)?;
            choices.iter().try_for_each(|Chosen { position, of, task }| write!(f, ".{position}/{of}/{task}"))
        })
    }
}

fn listed<T>(
    f: &mut fmt::Formatter<'_>,
    items: impl Iterator<Item = T>,
    separator: char,
    show: impl Fn(&mut fmt::Formatter<'_>, T) -> fmt::Result,
) -> fmt::Result {
    for (nth, item) in items.enumerate() {
        if nth > 0 {
            f.write_char(separator)?;
        }
        show(f, item)?;
    }
    Ok(())
}

impl FromStr for Survey {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let parts: Vec<_> = text.split('~').collect();
        let [prefix, counted, failing, passing, leaves] = parts[..] else { return Err(()) };
        let prefix = prefix.split_terminator('.').map(|choice| Ok(numbers::<2>(choice, '/')?.into()));
        let [schedules, most, passed, stuck, panicked, starved, failed] = numbers::<7>(counted, '.')?.map(u64::from);
        Ok(Self {
            prefix: prefix.collect::<Result<_, ()>>()?,
            schedules,
            kinds: Kinds { passed, stuck, panicked, starved, failed },
            most_choices: usize::try_from(most).map_err(|_| ())?,
            end: None,
            shortest_failing: found(failing)?,
            passing: found(passing)?,
            leaves: leaves.split_terminator('_').map(leaf).collect::<Result<_, ()>>()?,
        })
    }
}

fn found(text: &str) -> Result<Option<Found>, ()> {
    let numbers = text.split_terminator('.').map(number).collect::<Result<Vec<_>, ()>>()?;
    let [kind, turns, choices @ ..] = &numbers[..] else { return Ok(None) };
    let departures = choices.iter().filter(|chosen| **chosen > 0).count();
    Ok(Some(Found { choices: choices.to_vec(), turns: (*turns).into(), departures, kind: known(*kind)? }))
}

fn leaf(text: &str) -> Result<Leaf, ()> {
    let mut items = text.split('.').map(|item| numbers::<3>(item, '/'));
    let [kind, turns, _] = items.next().ok_or(())??;
    let choices = items.map(|item| item.map(|[position, of, task]| Chosen { position, of, task }));
    Ok(Leaf { choices: choices.collect::<Result<_, ()>>()?, kind: known(kind)?, turns: turns.into() })
}

fn known(kind: u32) -> Result<Kind, ()> {
    Kind::ALL.get(kind as usize).copied().ok_or(())
}

fn numbers<const N: usize>(text: &str, separator: char) -> Result<[u32; N], ()> {
    let numbers = text.split(separator).map(number).collect::<Result<Vec<_>, ()>>()?;
    numbers.try_into().map_err(|_| ())
}

fn number(text: &str) -> Result<u32, ()> {
    text.parse().map_err(|_| ())
}

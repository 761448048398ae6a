//! Which task of one run is which of another: by name and parent, and tasks of one name by their order.

use crate::lives::Lives;
use std::collections::{HashMap, HashSet, VecDeque};
use std::hash::Hash;

/// The tasks of two runs, in pairs.
pub(crate) struct Pairs {
    /// For each task of the left run its partner.
    pub(crate) right_of: Vec<Option<u32>>,
    pub(crate) left_of: Vec<Option<u32>>,
    /// The main task of the left run, if the right one has no main task.
    pub(crate) main_only_left: Option<u32>,
    pub(crate) main_only_right: Option<u32>,
}

impl Pairs {
    pub(crate) fn of(left: &Lives<'_>, right: &Lives<'_>) -> Self {
        let mut pairs = Self {
            right_of: vec![None; left.tasks.len()],
            left_of: vec![None; right.tasks.len()],
            main_only_left: main_only_in(left, right),
            main_only_right: main_only_in(right, left),
        };
        // Without a main task, the tasks that it would have made are made by none.
        let mut siblings = vec![(left.tops(pairs.main_only_left), right.tops(pairs.main_only_right))];
        let both = Siblings { left, right };
        while let Some((ours, theirs)) = siblings.pop() {
            for (one, other) in both.matched(ours, theirs) {
                pairs.right_of[one as usize] = Some(other);
                pairs.left_of[other as usize] = Some(one);
                siblings.push((&left.life(one).children, &right.life(other).children));
            }
        }
        pairs
    }

    /// All pairs, in the order of the left tasks.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (u32, u32)> {
        (0..).zip(&self.right_of).filter_map(|(left, right)| Some((left, (*right)?)))
    }
}

/// The main task of `lives`, if the tasks that it has made are the roots of the other run.
fn main_only_in(lives: &Lives<'_>, other: &Lives<'_>) -> Option<u32> {
    let [main] = lives.roots[..] else { return None };
    let has_main = other.roots.iter().any(|root| {
        let root = other.life(*root);
        !root.children.is_empty() || root.name == lives.life(main).name
    });
    let ours = lives.life(main).children.iter().map(|child| lives.life(*child).name);
    let theirs = other.roots.iter().map(|root| other.life(*root).name);
    (!has_main && have_one_in_common(ours, theirs)).then_some(main)
}

fn have_one_in_common<N: Eq + Hash>(ours: impl Iterator<Item = N>, mut theirs: impl Iterator<Item = N>) -> bool {
    let ours: HashSet<N> = ours.collect();
    theirs.any(|name| ours.contains(&name))
}

/// Two runs whose tasks of one parent are matched.
struct Siblings<'a> {
    left: &'a Lives<'a>,
    right: &'a Lives<'a>,
}

impl Siblings<'_> {
    /// The pairs among the tasks that one parent has made in each run.
    fn matched(&self, ours: &[u32], theirs: &[u32]) -> Vec<(u32, u32)> {
        let both = |(one, other): (&u32, &u32)| (*one, *other);
        let fits = |pair: &(u32, u32)| self.fit(*pair);
        let mut matched: Vec<_> = ours.iter().zip(theirs).map(both).take_while(fits).collect();
        let (ours, theirs) = (&ours[matched.len()..], &theirs[matched.len()..]);
        let from_behind: Vec<_> = ours.iter().rev().zip(theirs.iter().rev()).map(both).take_while(fits).collect();
        let ours = &ours[..ours.len() - from_behind.len()];
        let theirs = &theirs[..theirs.len() - from_behind.len()];
        matched.extend(from_behind);
        // What is left in the middle: by names, and tasks without one by their order.
        let mut named: HashMap<&str, Vec<u32>> = HashMap::new();
        for task in theirs.iter().rev() {
            named.entry(self.right.life(*task).name).or_default().push(*task);
        }
        let mut unmatched = Vec::new();
        for task in ours {
            match named.get_mut(self.left.life(*task).name).and_then(Vec::pop) {
                Some(other) => matched.push((*task, other)),
                None => unmatched.push(*task),
            }
        }
        let mut rest: Vec<_> = named.into_values().flatten().collect();
        rest.sort_unstable();
        let is_nameless = |task: &u32| self.right.life(*task).is_nameless(*task);
        let (mut nameless, mut named): (VecDeque<u32>, VecDeque<u32>) = rest.into_iter().partition(is_nameless);
        for task in unmatched {
            let takes_any = self.left.life(task).is_nameless(task) && named.front() < nameless.front();
            let from = if (takes_any && !named.is_empty()) || nameless.is_empty() { &mut named } else { &mut nameless };
            let next = from.front().copied().filter(|other| self.fit((task, *other)));
            matched.extend(next.map(|other| (task, other)));
            if next.is_some() {
                from.pop_front();
            }
        }
        matched
    }

    /// Whether they have one name, or one of them has none.
    fn fit(&self, (one, other): (u32, u32)) -> bool {
        let (left, right) = (self.left.life(one), self.right.life(other));
        left.is_nameless(one) || right.is_nameless(other) || left.name == right.name
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;
    use std::hash::Hasher;

    /// Counts how often names are compared.
    struct Name<'a>(usize, &'a Cell<usize>);

    impl PartialEq for Name<'_> {
        fn eq(&self, other: &Self) -> bool {
            self.1.set(self.1.get() + 1);
            self.0 == other.0
        }
    }

    impl Eq for Name<'_> {}

    impl Hash for Name<'_> {
        fn hash<H: Hasher>(&self, hasher: &mut H) {
            self.0.hash(hasher);
        }
    }

    #[test]
    fn names_of_very_many_tasks_are_not_compared_with_each_other() {
        for count in [10_000, 20_000] {
            let compared = Cell::new(0);
            let names = |from: usize| (from..from + count).map(|name| Name(name, &compared));
            assert!(!have_one_in_common(names(0), names(count)));
            assert!(compared.get() < count, "{} of {count}", compared.get()); // some hashes are alike
            assert!(have_one_in_common(names(0), names(count - 1)));
        }
    }
}

//! The controls of the stage: more or less, the projector, the cards.

use crate::controls::MIDDLE;
use crate::steps::Act::Click;
use crate::steps::Steps;

/// As the list of all other controls: each with what shows that it works.
pub(crate) const STAGE_CONTROLS: &[(&str, Steps)] = &[
    (
        "#more",
        (
            MIDDLE,
            &[
                (Click("#more"), "id('details').hidden && id('more').ariaExpanded === 'false' && now.view[1] >= 28e9"),
                (Click("#more"), "!id('details').hidden && id('more').ariaExpanded === 'true'"),
            ],
        ),
    ),
    (
        "#present",
        (
            MIDDLE,
            &[
                (Click("#present"), "id('present').ariaPressed === 'true' && !id('details').hidden"),
                (Click("#present"), "id('present').ariaPressed === 'false'"),
            ],
        ),
    ),
    (
        "#picks button",
        (
            "run=tokio&event=40&ns=0&more=0",
            &[
                (Click("#present"), "all('#picks button').length >= 3 && all('.card:not([hidden])').length === 2"),
                (Click("#picks button"), "all('.card:not([hidden])').length === 1"),
                (Click("#picks button"), "all('.card:not([hidden])').length === 2"),
                (Click("#present"), "all('.card:not([hidden])').length >= 3"),
            ],
        ),
    ),
    (
        ".card-name",
        (
            "run=tokio&event=40&ns=0&more=0",
            &[(Click(".card-name"), "now.run === 'blocking' && one('.card-name').ariaPressed === 'true'")],
        ),
    ),
    (".ungroup", ("run=tokio&event=40&ns=0&more=0", &[(Click(".ungroup"), "all('.card').length > old.cards")])),
];

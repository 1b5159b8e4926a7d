//! The icon set: strokes in a 24 by 24 box, in the colour of the text around.

use yew::prelude::*;

macro_rules! icons {
    ($($(#[$doc:meta])* $name:ident = $path:literal,)*) => {
        /// An icon of the set.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum IconName {
            $($(#[$doc])* $name,)*
        }

        impl IconName {
            /// Its SVG path.
            pub const fn path(self) -> &'static str {
                match self {
                    $(Self::$name => $path,)*
                }
            }
        }
    };
}

icons! {
    /// Two linked blocks.
    Chain = "M4 8h4a1.5 1.5 0 0 1 1.5 1.5v5a1.5 1.5 0 0 1 -1.5 1.5h-4a1.5 1.5 0 0 1 -1.5 -1.5v-5a1.5 1.5 0 0 1 1.5 -1.5zM16 8h4a1.5 1.5 0 0 1 1.5 1.5v5a1.5 1.5 0 0 1 -1.5 1.5h-4a1.5 1.5 0 0 1 -1.5 -1.5v-5a1.5 1.5 0 0 1 1.5 -1.5zM9.5 12h5",
    /// A key.
    Keys = "M3 14.5a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0 -9 0M10.8 11.2L20 2.8M16 6.5l3 3M13.4 8.9l2 2",
    /// Coins.
    Wallet = "M3 7a6 2.8 0 1 0 12 0a6 2.8 0 1 0 -12 0M3 7v5c0 1.5 2.7 2.8 6 2.8M3 12v5c0 1.5 2.7 2.8 6 2.8M10 13.5a5.5 2.6 0 1 0 11 0a5.5 2.6 0 1 0 -11 0M10 13.5v5c0 1.4 2.5 2.6 5.5 2.6s5.5-1.2 5.5-2.6v-5",
    /// Three linked nodes.
    Network = "M9.7 4.5a2.3 2.3 0 1 0 4.6 0a2.3 2.3 0 1 0 -4.6 0M2.2 18a2.3 2.3 0 1 0 4.6 0a2.3 2.3 0 1 0 -4.6 0M17.2 18a2.3 2.3 0 1 0 4.6 0a2.3 2.3 0 1 0 -4.6 0M10.9 6.5L5.6 16M13.1 6.5l5.3 9.5M6.8 18h10.4",
    /// A gauge.
    Miner = "M3.5 16.5a8.5 8.5 0 1 1 17 0M12 16.5l4.2-6M3.5 20h17M6.2 11.2l1 .7M12 8v1.2M17.8 11.2l-.4.3",
    /// A book.
    Learn = "M12 6.5C10 5 7 4.5 3.5 4.5v13.7c3.5 0 6.5.5 8.5 2 2-1.5 5-2 8.5-2V4.5C17 4.5 14 5 12 6.5zM12 6.5v13.7",
    /// A flask.
    Lab = "M9 3h6M10 3v6.5L4.8 18.3A1.8 1.8 0 0 0 6.4 21h11.2a1.8 1.8 0 0 0 1.6-2.7L14 9.5V3M7.3 15h9.4",
    /// A projector.
    Project = "M4.5 8h15a1.5 1.5 0 0 1 1.5 1.5v6a1.5 1.5 0 0 1 -1.5 1.5h-15a1.5 1.5 0 0 1 -1.5 -1.5v-6a1.5 1.5 0 0 1 1.5 -1.5zM13.2 12.5a2.3 2.3 0 1 0 4.6 0a2.3 2.3 0 1 0 -4.6 0M6 5h5M6.5 17v2M17.5 17v2M6.5 11.5h3",
    /// Into a tray.
    Download = "M12 3v10M8 9.5l4 4 4-4M4 15v4.5h16V15",
    /// A lens.
    Search = "M4 10.5a6.5 6.5 0 1 0 13 0a6.5 6.5 0 1 0 -13 0M15.5 15.5L21 21",
    /// A new tab.
    NewNode = "M3 19V7.5A1.5 1.5 0 0 1 4.5 6h4l2 3H19.5A1.5 1.5 0 0 1 21 10.5V19zM12 12v5M9.5 14.5h5",
    /// Light theme.
    Sun = "M8 12a4 4 0 1 0 8 0a4 4 0 1 0 -8 0M12 2.5v2.5M12 19v2.5M2.5 12H5M19 12h2.5M5.3 5.3L7 7M17 17l1.7 1.7M18.7 5.3L17 7M7 17l-1.7 1.7",
    /// A table.
    Table = "M5 5h14a1.5 1.5 0 0 1 1.5 1.5v11a1.5 1.5 0 0 1 -1.5 1.5h-14a1.5 1.5 0 0 1 -1.5 -1.5v-11a1.5 1.5 0 0 1 1.5 -1.5zM3.5 10h17M3.5 14.5h17M10 5v14",
    /// A queue.
    Waiting = "M4 6h16M6 11h12M8.5 16h7",
    /// To the right.
    ArrowRight = "M4 12h15M13.5 6.5L19 12l-5.5 5.5",
    /// Came back.
    Return = "M8 5L4 9l4 4M4 9h10a5.5 5.5 0 0 1 0 11h-4",
    /// A pencil.
    Edit = "M4 20l1-4.5L16 4.5l3.5 3.5L8.5 19zM13.5 7l3.5 3.5",
    /// Dark theme.
    Moon = "M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5z",
    /// A broken link.
    BrokenLink = "M9.5 6.5H7a4.5 4.5 0 0 0 0 9h2.5M14.5 8.5H17a4.5 4.5 0 0 1 0 9h-2.5M12.2 2.5v2.7M15.8 3.6l-1.4 2M11.8 21.5v-2.7M8.2 20.4l1.4-2",
    /// Add.
    Plus = "M12 5v14M5 12h14",
    /// Try it.
    Hand = "M7.5 12.5V6a1.5 1.5 0 0 1 3 0v5-6.5a1.5 1.5 0 0 1 3 0V11V6a1.5 1.5 0 0 1 3 0v8.5c0 4-2.3 6.5-5.5 6.5-2.6 0-4-1.2-5.3-3.3L3.6 14a1.5 1.5 0 0 1 2.5-1.6z",
    /// At random.
    Dice = "M6.5 4h11a2.5 2.5 0 0 1 2.5 2.5v11a2.5 2.5 0 0 1 -2.5 2.5h-11a2.5 2.5 0 0 1 -2.5 -2.5v-11a2.5 2.5 0 0 1 2.5 -2.5zM8.1 9a.9 .9 0 1 0 1.8 0a.9 .9 0 1 0 -1.8 0M14.1 15a.9 .9 0 1 0 1.8 0a.9 .9 0 1 0 -1.8 0M14.1 9a.9 .9 0 1 0 1.8 0a.9 .9 0 1 0 -1.8 0M8.1 15a.9 .9 0 1 0 1.8 0a.9 .9 0 1 0 -1.8 0",
    /// Look.
    Eye = "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM9 12a3 3 0 1 0 6 0a3 3 0 1 0 -6 0",
    /// Copy.
    Copy = "M10 8.5h8.5a1.5 1.5 0 0 1 1.5 1.5v8.5a1.5 1.5 0 0 1 -1.5 1.5h-8.5a1.5 1.5 0 0 1 -1.5 -1.5v-8.5a1.5 1.5 0 0 1 1.5 -1.5zM15.5 8.5V5.5A1.5 1.5 0 0 0 14 4H5.5A1.5 1.5 0 0 0 4 5.5V14a1.5 1.5 0 0 0 1.5 1.5h3",
    /// Take away.
    Minus = "M5 12h14",
    /// Locked.
    Lock = "M6.5 10.5h11a1.5 1.5 0 0 1 1.5 1.5v6.5a1.5 1.5 0 0 1 -1.5 1.5h-11a1.5 1.5 0 0 1 -1.5 -1.5v-6.5a1.5 1.5 0 0 1 1.5 -1.5zM8 10.5V8a4 4 0 0 1 8 0v2.5",
    /// A signature.
    Sign = "M4 20c3-1 4-6 6-6s0 5 2.5 5S16 15 20 15M13 10l6-6 2 2-6 6-3 1z",
    /// A tick.
    Check = "M5 12.5l4.5 4.5L19 7",
    /// Out of here to others.
    Share = "M12 3.5v11M8 7.2l4-3.7 4 3.7M5.5 11.5v7.5a1.5 1.5 0 0 0 1.5 1.5h10a1.5 1.5 0 0 0 1.5-1.5v-7.5",
    /// Information.
    Info = "M3.5 12a8.5 8.5 0 1 0 17 0a8.5 8.5 0 1 0 -17 0M12 11v5.5M12 7.5v.2",
    /// To the left.
    ArrowLeft = "M20 12H5M10.5 6.5L5 12l5.5 5.5",
    /// Down.
    ArrowDown = "M12 4v15M6.5 13.5L12 19l5.5-5.5",
    /// Stop.
    Stop = "M7 6h10a1 1 0 0 1 1 1v10a1 1 0 0 1 -1 1h-10a1 1 0 0 1 -1 -1v-10a1 1 0 0 1 1 -1z",
    /// One step.
    Step = "M5 5v14l9-7zM18.5 5v14",
    /// Pause.
    Pause = "M8 5v14M16 5v14",
    /// A fork.
    Fork = "M3 12a2 2 0 1 0 4 0a2 2 0 1 0 -4 0M17 6a2 2 0 1 0 4 0a2 2 0 1 0 -4 0M17 18a2 2 0 1 0 4 0a2 2 0 1 0 -4 0M7 12h3c3 0 3-6 7-6M10 12c3 0 3 6 7 6",
    /// Join again.
    Heal = "M9.5 7H7a5 5 0 0 0 0 10h2.5M14.5 7H17a5 5 0 0 1 0 10h-2.5M12 9v6M9 12h6",
    /// Scissors.
    Cut = "M3.5 6.5a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0 -5 0M3.5 17.5a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0 -5 0M8 8l12 9M8 16L20 7",
    /// A clock.
    Clock = "M3.5 12a8.5 8.5 0 1 0 17 0a8.5 8.5 0 1 0 -17 0M12 7.5V12l3 2",
    /// A cross.
    Close = "M6.5 6.5l11 11M17.5 6.5l-11 11",
    /// Further.
    ChevronRight = "M9 5.5l6.5 6.5L9 18.5",
    /// Start.
    Play = "M7 4.5v15l12-7.5z",
    /// A question mark.
    Help = "M3.5 12a8.5 8.5 0 1 0 17 0a8.5 8.5 0 1 0-17 0M9.5 9.7a2.6 2.6 0 1 1 3.7 2.4c-.8.4-1.2.9-1.2 1.7M12 16.8v.2",
    /// More.
    More = "M5 12h.1M12 12h.1M19 12h.1",
    /// Delete.
    Trash = "M4.5 6.5h15M9.5 6.5V4h5v2.5M6.5 6.5l.8 13.5h9.4l.8-13.5M10 10.5v6M14 10.5v6",
    /// Open elsewhere.
    Open = "M13 5h6v6M19 5l-8 8M16 13.5V19H5V8h5.5",
    /// Language.
    Language = "M4 6h9M8.5 4v2M11.5 6c-1 4-3.5 7-7 9M6 9c1.5 3 4 5 6.5 6M12 20l4-10 4 10M13.5 16.5h5",
    /// A console.
    Terminal = "M4 6l5 5-5 5M11.5 17.5H20",
    /// Unfold.
    ChevronDown = "M5.5 9l6.5 6.5L18.5 9",
    /// News.
    Bell = "M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 1.5h-15zM10 20.5h4",
    /// Careful.
    Warning = "M12 4L2.8 19.5h18.4zM12 10v4.5M12 17v.2",
    /// On paper.
    Print = "M7 8.5V3.5h10v5M7 17H4.5a1 1 0 0 1-1-1v-6.5a1 1 0 0 1 1-1h15a1 1 0 0 1 1 1V16a1 1 0 0 1-1 1H17M7 14h10v6.5H7zM17 11.5h.2",
    /// Again.
    Reload = "M19 12a7 7 0 1 1-2.2-5.1M19 4v4h-4",
}

/// Properties of [`Icon`].
#[derive(Properties, PartialEq)]
pub struct IconProps {
    /// Which icon.
    pub name: IconName,
    /// Side, in CSS pixels.
    #[prop_or(16)]
    pub size: u32,
}

/// An icon beside a text that says the same; hidden from screen readers.
#[component]
pub fn Icon(props: &IconProps) -> Html {
    let stroke = if props.size < 17 { "2.1" } else { "1.7" };
    let size = AttrValue::from(props.size.to_string());
    html! {
        <svg class="icon" width={size.clone()} height={size} viewBox="0 0 24 24" fill="none" stroke="currentColor"
            stroke-width={stroke} stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">
            <path d={props.name.path()} />
        </svg>
    }
}

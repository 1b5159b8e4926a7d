//! Parts: one and its documented properties a file.
//!
//! A part with no state of its own is a function that returns [`Html`](yew::Html). Some have a component of the same
//! name beside it, for callers that are components through and through.

mod address_text;
mod amount_text;
mod avatar;
mod button;
mod byte_strip;
mod check_list;
mod copy_button;
mod dialog;
mod empty_state;
mod facts;
mod field;
mod figure_panel;
mod hash_text;
mod icon;
mod mark;
mod missing_features;
mod note;
mod page_head;
mod panel;
mod plain_text;
mod progress_bar;
mod segmented;
mod skeleton;
mod slider;
mod switch;
mod tag;
mod time_ago;
mod verdict;
mod zero_bits;

pub use address_text::{AddressText, AddressTextProps, address_text, plain_address};
pub use amount_text::{Sign, amount_text, plain_amount, signed_amount, split_amount};
pub use avatar::{
    AvatarShape, AvatarState, Who, WhoProps, avatar, avatar_layers, avatar_shape, avatar_style, named_avatar, who,
};
pub use button::{Button, ButtonKind, ButtonProps, button};
pub use byte_strip::byte_strip;
pub use check_list::{ChecksPanel, ChecksPanelProps};
pub use copy_button::{CopyButton, CopyButtonProps};
pub use dialog::{Dialog, DialogProps};
pub use empty_state::{EmptyState, EmptyStateProps, empty_state};
pub use facts::facts;
pub use field::{Field, FieldProps};
pub use figure_panel::{FigurePanel, FigurePanelProps, TableToggle, TableToggleProps, table_toggle};
pub use hash_text::{
    HashGlyph, HashGlyphProps, HashText, HashTextProps, hash_glyph, hash_link, hash_text, hue_style, short_digits,
    whole_hash,
};
pub use icon::{Icon, IconName, IconProps, icon};
pub use mark::{Mark, MarkKind, MarkProps, mark};
pub use missing_features::{feature_text, missing_features};
pub use note::{Note, NoteProps, note};
pub use page_head::{PageHead, PageHeadProps, page_head};
pub use panel::{Panel, PanelProps, panel};
pub use plain_text::{
    Run, VisibleText, VisibleTextProps, code_point, drawn_runs, has_hidden, paragraphs, runs, shown_plainly,
};
pub use progress_bar::{ProgressBar, ProgressBarProps, progress_bar};
pub use segmented::{Segmented, SegmentedProps, segmented};
pub use skeleton::{Skeleton, SkeletonProps, skeleton};
pub use slider::{Slider, SliderProps};
pub use switch::{Switch, SwitchProps};
pub use tag::{Tag, TagProps, tag};
pub use time_ago::{
    ClockProvider, ClockProviderProps, Now, TimeAgo, TimeAgoProps, block_time, clock_time, date_time, span_text,
    use_now,
};
pub use verdict::{Verdict, VerdictProps, VerdictState};
pub use zero_bits::{easy_text, zeros_text};

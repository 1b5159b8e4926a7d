//! Parts: each is a component, with its documented properties in one file.
//!
//! A part that says something takes the language by [`use_text`](crate::ui::use_text). The functions beside the
//! components return no markup: they give texts, styles and layouts.

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

pub use address_text::{AddressText, AddressTextProps};
pub use amount_text::{AmountText, AmountTextProps, Sign, plain_amount, split_amount};
pub use avatar::{
    Avatar, AvatarLayers, AvatarLayersProps, AvatarProps, AvatarShape, AvatarState, Who, WhoProps, avatar_shape,
    avatar_style,
};
pub use button::{Button, ButtonKind, ButtonProps};
pub use byte_strip::{ByteStrip, ByteStripProps};
pub use check_list::{ChecksPanel, ChecksPanelProps};
pub use copy_button::{CopyButton, CopyButtonProps};
pub use dialog::{Dialog, DialogProps};
pub use empty_state::{EmptyState, EmptyStateProps};
pub use facts::{Facts, FactsProps};
pub use field::{Field, FieldProps};
pub use figure_panel::{FigurePanel, FigurePanelProps, TableToggle, TableToggleProps};
pub use hash_text::{HashGlyph, HashGlyphProps, HashText, HashTextProps, hue_style, short_digits};
pub use icon::{Icon, IconName, IconProps};
pub use mark::{Mark, MarkKind, MarkProps};
pub use missing_features::{MissingFeatures, MissingFeaturesProps, feature_text};
pub use note::{Note, NoteProps};
pub use page_head::{PageHead, PageHeadProps};
pub use panel::{Panel, PanelProps};
pub use plain_text::{
    DrawnRuns, DrawnRunsProps, Run, VisibleText, VisibleTextProps, code_point, has_hidden, paragraphs, runs,
    shown_plainly,
};
pub use progress_bar::{ProgressBar, ProgressBarProps};
pub use segmented::{Segmented, SegmentedProps};
pub use skeleton::{Skeleton, SkeletonProps};
pub use slider::{Slider, SliderProps};
pub use switch::{Switch, SwitchProps};
pub use tag::{Tag, TagProps};
pub use time_ago::{
    ClockProvider, ClockProviderProps, Now, TimeAgo, TimeAgoProps, block_time, clock_time, date_time, span_text,
    use_now,
};
pub use verdict::{Verdict, VerdictProps, VerdictState};
pub use zero_bits::{easy_text, zeros_text};

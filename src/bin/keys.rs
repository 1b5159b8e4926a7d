//! The module of the keys page: loaded when it is first shown.

use tabchain::ui::{route::Part, shell, text};

fn main() {
    text::install(text::KEYS);
    shell::draw_part::<shell::KeysPart>(Part::Keys);
}

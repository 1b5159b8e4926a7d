//! The module of wallet, network, miner, help and transactions: loaded when one of them is first shown.

use tabchain::ui::{route::Part, shell, text};

fn main() {
    text::install(text::PAGES);
    shell::draw_part::<shell::PagesPart>(Part::Pages);
}

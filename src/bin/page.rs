//! The page: everything that is drawn. Its node runs in a worker, by the bin beside this one.

fn main() {
    tabchain::ui::draw();
}

//! Language and theme: asked for in the address, else as last chosen, else as the system is set.

use crate::ui::Lang;
use crate::web::page;

const LANG_KEY: &str = "tabchain.lang";
const THEME_KEY: &str = "tabchain.theme";

/// A theme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

impl Theme {
    /// Its value of `data-theme` and `?theme=`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The theme of a name.
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "light" => Some(Self::Light),
            "dark" => Some(Self::Dark),
            _ => None,
        }
    }

    /// The other one.
    pub const fn other(self) -> Self {
        match self {
            Self::Light => Self::Dark,
            Self::Dark => Self::Light,
        }
    }
}

/// The language to start in.
pub fn first_lang() -> Lang {
    let asked = page::query_param("lang").as_deref().and_then(Lang::from_tag);
    let kept = || page::storage_get(LANG_KEY).as_deref().and_then(Lang::from_tag);
    let preferred = || page::preferred_languages().iter().find_map(|tag| Lang::from_tag(tag));
    asked.or_else(kept).or_else(preferred).unwrap_or_default()
}

/// The theme to start in.
pub fn first_theme() -> Theme {
    let asked = page::query_param("theme").as_deref().and_then(Theme::from_name);
    let kept = || page::storage_get(THEME_KEY).as_deref().and_then(Theme::from_name);
    asked.or_else(kept).unwrap_or(if page::prefers_dark() { Theme::Dark } else { Theme::Light })
}

/// Keeps a chosen language; the address stops asking for another.
pub fn keep_lang(lang: Lang) {
    page::storage_set(LANG_KEY, lang.tag());
    if page::query_param("lang").is_some() {
        page::set_query_param("lang", Some(lang.tag()));
    }
}

/// Keeps a chosen theme; the address stops asking for another.
pub fn keep_theme(theme: Theme) {
    page::storage_set(THEME_KEY, theme.name());
    if page::query_param("theme").is_some() {
        page::set_query_param("theme", Some(theme.name()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_theme_is_known_by_its_name() {
        for theme in [Theme::Light, Theme::Dark] {
            assert_eq!(Theme::from_name(theme.name()), Some(theme));
            assert_eq!(theme.other().other(), theme);
        }
        assert_eq!(Theme::from_name("blue"), None);
    }
}

//! What the browser lacks of what the node uses, each with its sentence.

use yew::prelude::*;

use crate::api::Feature;
use crate::ui::{Text, use_text};

/// The sentence on a feature that is missing: what does not work, and what does.
pub fn feature_text(text: Text, feature: Feature) -> &'static str {
    text.find(area!("feature"), feature.name()).unwrap_or_default()
}

/// Properties of [`MissingFeatures`].
#[derive(Properties, PartialEq)]
pub struct MissingFeaturesProps {
    /// What is missing.
    pub missing: Vec<Feature>,
}

/// A list with a sentence for each.
#[component]
pub fn MissingFeatures(props: &MissingFeaturesProps) -> Html {
    let text = use_text();
    html! {
        <ul class="features">
            {for props.missing.iter().map(|feature| html! {
                <li key={feature.name()} data-feature={feature.name()}>{feature_text(text, *feature)}</li>
            })}
        </ul>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::Lang;

    #[test]
    fn every_feature_has_its_sentence_in_both_languages_and_no_name_twice() {
        let mut names: Vec<&str> = Feature::ALL.iter().map(|feature| feature.name()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), Feature::ALL.len());
        for lang in Lang::all() {
            for feature in Feature::ALL {
                let said = feature_text(Text { lang }, feature);
                assert!(said.ends_with(['.', '。']), "{feature:?}: {said:?}");
            }
        }
    }
}

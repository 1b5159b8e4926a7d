//! The keys page's first two sections in a real browser: a key is a number, and a place on a curve. What is published is
//! asserted through the page. `make test-e2e` builds and sets `TABCHAIN_DIST`.
#![cfg(not(target_arch = "wasm32"))]

mod support;

use support::{Browser, Settings, Tab, in_browser};

const KEY_OF_ONE: &str = "0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798";
const Y_OF_ONE: &str = "483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8";
const WIF_OF_ONE: &str = "cMahea7zqjxrtgAbB7LSGbcQUr1uX1ojuat9jZodMN87JcbXMTcA";
const ORDER_HEX: &str = "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141";
const ORDER_DECIMAL: &str = "115792089237316195423570985008687907852837564279074904382605163141518161494337";
const ABOUT: &str = "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about";

/// A tab at a section of the keys page.
async fn at_section<'b>(browser: &'b Browser, room: &str, section: &str) -> Tab<'b> {
    let tab = browser.open(&format!("room={room}&node=Ann")).await;
    tab.script(&format!("location.hash = '#/keys/{section}'")).await;
    tab.element(&format!("[data-section=\"{section}\"][aria-current=\"page\"]")).await;
    tab
}

/// An attribute of the first element that is shown.
async fn attribute(tab: &Tab<'_>, selector: &str, name: &str) -> String {
    tab.element(&format!("{selector}[{name}]")).await.attr(name).await.expect("it is drawn").unwrap_or_default()
}

/// The text of the first element that is shown.
async fn words(tab: &Tab<'_>, selector: &str) -> String {
    tab.element(selector).await.text().await.expect("it is drawn")
}

/// Waits until an element says a text.
async fn says(browser: &Browser, tab: &Tab<'_>, selector: &str, text: &str) {
    browser.wait_until(&format!("{selector} says {text}"), async || words(tab, selector).await == text).await;
}

/// Types another number, and waits for its hexadecimal form.
async fn type_number(browser: &Browser, tab: &Tab<'_>, typed: &str, hex: &str) {
    tab.fill("[name=\"key_number\"]", typed).await;
    says(browser, tab, "[data-secret=\"hex\"]", hex).await;
}

async fn assert_no_console_errors(browser: &Browser) {
    let errors: Vec<String> = browser.console().await.into_iter().filter(|line| line.starts_with("SEVERE")).collect();
    assert!(errors.is_empty(), "{errors:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_is_typed_in_every_form_and_refused_outside_its_range() {
    in_browser(Settings::default(), async |browser| {
        let tab = at_section(browser, "typed", "number").await;
        assert_eq!(words(&tab, "[data-value=\"order-hex\"]").await, ORDER_HEX);
        assert_eq!(words(&tab, "[data-value=\"order-decimal\"]").await, ORDER_DECIMAL);

        tab.click("[data-action=\"way:typed\"]").await;
        let one = format!("{:064x}", 1);
        for typed in ["1", WIF_OF_ONE, "0x01"] {
            // Another key between, so that the wait is for this one.
            type_number(browser, &tab, "2", &format!("{:064x}", 2)).await;
            type_number(browser, &tab, typed, &one).await;
            assert_eq!(words(&tab, "[data-secret=\"decimal\"]").await, "1");
            assert_eq!(words(&tab, "[data-secret=\"wif\"]").await, WIF_OF_ONE);
            assert_eq!(words(&tab, "[data-value=\"public-key\"]").await, KEY_OF_ONE);
            assert_eq!(attribute(&tab, "[data-panel=\"bits\"] .worth", "data-entropy").await, "0");
        }

        // The edges: n−1 is a key, n is none, and the key that was there stays.
        tab.click("[data-action=\"try:n−1\"]").await;
        let last = ORDER_HEX.replace("4141", "4140");
        says(browser, &tab, "[data-secret=\"hex\"]", &last).await;
        for refused in ["0", "n", "n+1", "2²⁵⁶"] {
            tab.click(&format!("[data-action=\"try:{refused}\"]")).await;
            tab.element("[data-read-as][data-accepted=\"false\"]").await;
            tab.element("[name=\"key_number\"][aria-invalid=\"true\"]").await;
            assert_eq!(words(&tab, "[data-secret=\"hex\"]").await, last, "{refused}");
            tab.click("[data-action=\"try:n−1\"]").await;
            tab.element("[data-read-as][data-accepted=\"true\"]").await;
        }
        tab.fill("[name=\"key_number\"]", ORDER_DECIMAL).await;
        tab.element("[name=\"key_number\"][aria-invalid=\"true\"]").await;
        assert!(words(&tab, "[data-field=\"key_number\"] .fielderr").await.contains("n itself"));

        // As hexadecimal the same digits are another number.
        type_number(browser, &tab, "10", &format!("{:064x}", 10)).await;
        tab.click("[data-action=\"form:hex\"]").await;
        says(browser, &tab, "[data-secret=\"decimal\"]", "16").await;
        assert_no_console_errors(browser).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_uncompressed_key_keeps_its_form_on_the_page_and_on_paper() {
    in_browser(Settings::default(), async |browser| {
        let (wif, address) =
            ("91avARGdfge8E4tZfYLoxeJ5sGBdNJQH4kvjJoQFacc6xVKZXV1", "mvV3PBKGZHP8dHsvP8quNQuC8yuvPnpoSE");
        let tab = at_section(browser, "uncompressed", "number").await;
        tab.click("[data-action=\"way:typed\"]").await;
        tab.fill("[name=\"key_number\"]", wif).await;
        says(browser, &tab, "[data-secret=\"wif\"]", wif).await;
        says(browser, &tab, "[data-value=\"address\"]", address).await;
        let public = words(&tab, "[data-value=\"public-key\"]").await;
        assert!(public.starts_with("04") && public.len() == 130, "{public}");

        tab.open_hash("#/keys").await;
        assert_eq!(attribute(&tab, "[data-public-key]", "data-public-key").await, public);
        assert_eq!(attribute(&tab, "[data-address]", "data-address").await, address);
        says(browser, &tab, "[data-secret=\"wif\"]", wif).await;
        tab.click("[data-action=\"paper-wallet\"]").await;
        says(browser, &tab, "[data-paper=\"address\"]", address).await;
        says(browser, &tab, "[data-paper=\"wif\"]", wif).await;
        tab.click("[data-action=\"close-dialog\"]").await;

        // A bit flipped and flipped back is the same key in the same form.
        tab.click("[data-bit=\"255\"]").await;
        browser
            .wait_until("another key", async || attribute(&tab, "[data-address]", "data-address").await != address)
            .await;
        assert_eq!(attribute(&tab, "[data-public-key]", "data-public-key").await.len(), 130);
        tab.click("[data-bit=\"255\"]").await;
        tab.element(&format!("[data-address=\"{address}\"]")).await;
        assert_no_console_errors(browser).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn coins_fill_the_bits_from_the_first_one_on() {
    in_browser(Settings::default(), async |browser| {
        let tab = at_section(browser, "coins", "number").await;
        let first = |digits: &str| format!("{digits}{}", "0".repeat(64 - digits.len()));
        tab.click("[data-action=\"flip-heads\"]").await;
        tab.element("[data-flips=\"1\"]").await;
        tab.click("[data-action=\"flip-tails\"]").await;
        tab.element("[data-flips=\"2\"]").await;
        says(browser, &tab, "[data-secret=\"hex\"]", &first("8")).await;

        // By keys, in the same place.
        tab.element("[data-flips]").await.send_keys("hht").await.expect("it takes keys");
        tab.element("[data-flips=\"5\"]").await;
        says(browser, &tab, "[data-secret=\"hex\"]", &first("b")).await;
        tab.click("[data-action=\"flip-undo\"]").await;
        tab.element("[data-flips=\"4\"]").await;
        assert_eq!(attribute(&tab, "[data-panel=\"bits\"] .worth", "data-entropy").await, "4");

        tab.click("[data-action=\"flip-rest\"]").await;
        tab.element("[data-flips=\"256\"]").await;
        tab.element("[data-panel=\"bits\"] [data-entropy=\"256\"]").await;
        assert!(words(&tab, "[data-secret=\"hex\"]").await.starts_with('b'), "the flips told are kept");

        // A bit toggled by hand changes the number, and no more is known of it.
        let before = words(&tab, "[data-secret=\"hex\"]").await;
        tab.click("[data-bit=\"0\"]").await;
        tab.element("[data-panel=\"bits\"] [data-entropy=\"0\"]").await;
        assert_eq!(words(&tab, "[data-secret=\"hex\"]").await, format!("3{}", &before[1..]));
        assert_no_console_errors(browser).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn movement_and_presses_are_stirred_into_a_key() {
    in_browser(Settings::default(), async |browser| {
        let tab = at_section(browser, "movement", "number").await;
        tab.click("[data-action=\"way:movement\"]").await;
        let before = words(&tab, "[data-secret=\"hex\"]").await;
        let pad = tab.element("[data-pad]").await;
        pad.send_keys("abcdefgh").await.expect("it takes keys");
        tab.element("[data-samples=\"8\"]").await;
        let pressed = words(&tab, "[data-secret=\"hex\"]").await;
        assert_ne!(pressed, before);
        // A scribble.
        tab.script(
            "const pad = document.querySelector('[data-pad]'), area = pad.getBoundingClientRect();
             for (let at = 0; at < 400; at++) pad.dispatchEvent(new PointerEvent('pointermove', { bubbles: true,
                 clientX: area.left + at * at % 199, clientY: area.top + at * 37 % 101 }));",
        )
        .await;
        browser
            .wait_until("the movement is stirred in", async || words(&tab, "[data-secret=\"hex\"]").await != pressed)
            .await;
        let bits: u32 =
            attribute(&tab, "[data-panel=\"bits\"] .worth", "data-entropy").await.parse().expect("a number");
        assert!((1..=256).contains(&bits), "{bits}");
        assert_no_console_errors(browser).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn words_lead_to_the_published_key() {
    in_browser(Settings::default(), async |browser| {
        let tab = at_section(browser, "words", "number").await;
        tab.click("[data-action=\"way:words\"]").await;
        tab.fill("[name=\"key_words\"]", ABOUT).await;
        assert_eq!(attribute(&tab, "[data-word-key]", "data-word-key").await, "m/44'/1'/0'/0/0");
        assert_eq!(words(&tab, "[data-word-address]").await, "mkpZhYtJu2r87Js3pDiWJDmPte2NRZ8bJV");
        says(browser, &tab, "[data-secret=\"wif\"]", "cV6NTLu255SZ5iCNkVHezNGDH5qv6CanJpgBPqYgJU13NNKJhRs1").await;
        assert_eq!(words(&tab, "[data-value=\"address\"]").await, "mkpZhYtJu2r87Js3pDiWJDmPte2NRZ8bJV");
        assert_eq!(attribute(&tab, "[data-panel=\"bits\"] .worth", "data-entropy").await, "0", "typed by a person");

        tab.fill("[name=\"key_words\"]", &ABOUT.replace("about", "abuot")).await;
        tab.element("[name=\"key_words\"][aria-invalid=\"true\"]").await;
        tab.click("[data-action=\"words-12\"]").await;
        tab.element("[data-panel=\"bits\"] [data-entropy=\"128\"]").await;
        tab.click("[data-action=\"words-24\"]").await;
        tab.element("[data-panel=\"bits\"] [data-entropy=\"256\"]").await;
        assert_no_console_errors(browser).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_scale_has_a_table_that_says_the_same() {
    in_browser(Settings::default(), async |browser| {
        let tab = at_section(browser, "scale", "number").await;
        tab.element("[data-panel=\"powers\"] svg[role=\"img\"]").await;
        tab.click("[data-panel=\"powers\"] [data-action=\"as-table\"]").await;
        assert!(words(&tab, "[data-entry=\"addresses\"]").await.contains("2^160"));
        assert!(words(&tab, "[data-entry=\"seconds\"]").await.contains("about 2^58.6"));
        assert!(words(&tab, "[data-entry=\"universe\"]").await.contains("10⁸⁰"));
        assert_no_console_errors(browser).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_toy_is_walked_step_by_step() {
    in_browser(Settings::default(), async |browser| {
        let tab = at_section(browser, "toy", "curve").await;
        // 43 = 101011: G, 2, 4, 5, 10, 20, 21, 42, 43.
        tab.element("[data-toy-multiple=\"43\"]").await;
        let end = attribute(&tab, "[data-panel=\"toy\"] [data-toy-multiple]", "data-toy-point").await;
        tab.click("[data-action=\"toy-first\"]").await;
        assert_eq!(attribute(&tab, "[data-toy-multiple=\"1\"]", "data-toy-point").await, "1,28");
        for multiple in [2, 4, 5, 10, 20, 21, 42, 43] {
            tab.click("[data-action=\"toy-next\"]").await;
            tab.element(&format!("[data-toy-multiple=\"{multiple}\"]")).await;
        }
        tab.click("[data-action=\"toy-back\"]").await;
        tab.element("[data-toy-multiple=\"42\"]").await;
        // Adding G each time comes to the same place.
        tab.click("[data-action=\"toy-way:add\"]").await;
        assert_eq!(attribute(&tab, "[data-toy-multiple=\"43\"]", "data-toy-point").await, end);
        // Played from the start it ends there too.
        tab.click("[data-action=\"toy-way:double\"]").await;
        tab.click("[data-action=\"toy-play\"]").await;
        browser
            .wait_until("it is under way", async || {
                attribute(&tab, "[data-panel=\"toy\"] [data-toy-multiple]", "data-toy-multiple").await != "43"
            })
            .await;
        tab.element("[data-toy-multiple=\"43\"]").await;
        assert_no_console_errors(browser).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn points_of_the_real_plane_are_added() {
    in_browser(Settings::default(), async |browser| {
        let tab = at_section(browser, "chord", "curve").await;
        // The points with y = 1 and y = 4: slope m = 3 / (Q.x − P.x), sum x = m² − P.x − Q.x.
        let (p, q) = ((-6f64).cbrt(), 9f64.cbrt());
        let slope = 3.0 / (q - p);
        let x = slope * slope - p - q;
        let y = -(1.0 + slope * (x - p));
        tab.element(&format!("[data-line=\"chord\"][data-sum=\"{x:.2},{y:.2}\"]")).await;
        tab.click("[data-action=\"chord-infinity\"]").await;
        tab.element("[data-line=\"infinity\"][data-sum=\"infinity\"]").await;
        tab.click("[data-action=\"chord-tangent\"]").await;
        tab.element("[data-line=\"tangent\"]").await;
        // Q's slider moved makes it a chord again.
        tab.script(
            "const slider = document.querySelector('#chord_q'); slider.value = 125;
             slider.dispatchEvent(new InputEvent('input', { bubbles: true }));",
        )
        .await;
        tab.element("[data-line=\"chord\"]").await;
        assert_no_console_errors(browser).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_real_walk_ends_at_the_published_points() {
    in_browser(Settings::default(), async |browser| {
        let tab = at_section(browser, "walk", "number").await;
        tab.click("[data-action=\"way:typed\"]").await;
        type_number(browser, &tab, "3", &format!("{:064x}", 3)).await;
        tab.script("location.hash = '#/keys/curve'").await;
        // 3 = 11 in binary: G, 2G, 3G.
        tab.element("[data-walk-steps=\"3\"][data-walk-end=\"true\"][data-walk-operation=\"add\"]").await;
        let x3 = "f9308a019258c31049344f85f89d5229b531c845836f99b08601f113bce036f9";
        assert_eq!(words(&tab, "[data-walk=\"x\"]").await, x3);
        assert_eq!(words(&tab, "[data-walk=\"multiple\"]").await, "0x3");
        assert_eq!(attribute(&tab, "[data-public-bytes=\"compressed\"]", "data-hex").await, format!("02{x3}"));
        tab.click("[data-action=\"walk-back\"]").await;
        tab.element("[data-walk-at=\"1\"][data-walk-operation=\"double\"]").await;
        let x2 = "c6047f9441ed7d6d3045406e95c07cd85c778e4b8cef3ca7abac09b95c709ee5";
        assert_eq!(words(&tab, "[data-walk=\"x\"]").await, x2);
        tab.click("[data-action=\"walk-first\"]").await;
        tab.element("[data-walk-at=\"0\"][data-walk-operation=\"start\"]").await;
        assert_eq!(words(&tab, "[data-walk=\"x\"]").await, &KEY_OF_ONE[2..]);
        assert_eq!(words(&tab, "[data-walk=\"y\"]").await, Y_OF_ONE);
        assert_no_console_errors(browser).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forgotten_key_of_16_bits_is_found_and_a_real_one_never_would_be() {
    in_browser(Settings::default(), async |browser| {
        let tab = at_section(browser, "search", "curve").await;
        tab.click("[data-action=\"search-forget\"]").await;
        let target = attribute(&tab, "[data-panel=\"search\"] code", "data-search-target").await;
        tab.element("[data-search=\"waiting\"]").await;
        tab.click("[data-action=\"search-start\"]").await;
        let found = attribute(&tab, "[data-search=\"found\"]", "data-found").await;
        let number: u32 = found.parse().expect("a number");
        assert!((1..=65_535).contains(&number));
        assert_eq!(attribute(&tab, "[data-search=\"found\"]", "data-tried").await, found);
        browser
            .wait_until(
                "the outlook is worked out from a measured rate, or the key was too small for one",
                async || {
                    number < 5_000
                        || tab.script("return !!document.querySelector('[data-outlook][data-years]')").await == true
                },
            )
            .await;
        if number >= 5_000 {
            let years: i64 = attribute(&tab, "[data-outlook=\"all\"]", "data-years").await.parse().expect("a number");
            assert!((55..75).contains(&years), "10^{years} years");
        }

        // The number found is the key: typed in, it gives the same public key.
        tab.script("location.hash = '#/keys/number'").await;
        tab.click("[data-action=\"way:typed\"]").await;
        type_number(browser, &tab, &found, &format!("{number:064x}")).await;
        assert_eq!(words(&tab, "[data-value=\"public-key\"]").await, target);

        // A larger one can be stopped.
        tab.script("location.hash = '#/keys/curve'").await;
        tab.click("[data-action=\"search-size:24\"]").await;
        tab.click("[data-action=\"search-forget\"]").await;
        tab.click("[data-action=\"search-start\"]").await;
        tab.element("[data-search=\"running\"]:not([data-tried=\"0\"])").await;
        tab.click("[data-action=\"search-stop\"]").await;
        tab.element("[data-search=\"waiting\"]").await;
        assert_no_console_errors(browser).await;
    })
    .await;
}

//! The keys page: the section `number`.

use super::Row;

/// Rows of the section.
pub const ROWS: &[Row] = &[
    ("keys.number.fill", "Make a number nobody can guess", "造一个谁也猜不到的数"),
    ("keys.number.fill_sub", "four ways to fill 256 bits", "填满 256 位的四种办法"),
    ("keys.number.ways", "How to fill the bits", "怎样填这些位"),
    ("keys.number.way.coins", "Coin flips", "抛硬币"),
    ("keys.number.way.movement", "Movement", "移动"),
    ("keys.number.way.words", "Words", "单词"),
    ("keys.number.way.typed", "Typed", "输入"),
    (
        "keys.number.toggle_hint",
        "Each square is one bit of the number, the largest first. Press one to turn it over.",
        "每个方格是这个数的一位，最大的在最前面。按一下就能翻转它。",
    ),
    // What it is worth.
    ("keys.number.worth", "bits that nobody could guess", "位是别人猜不到的"),
    (
        "keys.number.worth_unknown",
        "These bits were not made here, so what they are worth is not known here.",
        "这些位不是在这里生成的，所以这里不知道它们值多少。",
    ),
    (
        "keys.number.worth_flips",
        "One bit for each fair flip: {person} told by you, {machine} by the browser. Flips that you only make up are worth less.",
        "每次公平的抛掷值一位：你报了 {person} 次，浏览器抛了 {machine} 次。凭空编出来的结果没有这么值钱。",
    ),
    (
        "keys.number.worth_movement",
        "An estimate, and a careful one: nobody can measure exactly how well a hand can be guessed.",
        "这只是估计，而且是保守的估计：没有人能精确量出一只手有多难猜。",
    ),
    (
        "keys.number.worth_words",
        "The words hold {bits} random bits. The key has 256 bits, but it cannot be harder to guess than its words.",
        "这些单词含有 {bits} 个随机位。密钥有 256 位，但不会比单词更难猜。",
    ),
    (
        "keys.number.worth_words_typed",
        "The words can hold {bits} bits, if chance chose them. Typed by a person: unknown, treat as 0.",
        "如果是随机选出的，这些单词可含 {bits} 位。由人输入的：不知道怎样选的，当作 0。",
    ),
    (
        "keys.number.worth_typed",
        "You chose it yourself, so nobody knows how hard it is to guess. Count it as 0.",
        "这是你自己选的，没人知道它有多难猜。当作 0。",
    ),
    (
        "keys.number.worth_hand",
        "Bits were set by hand: unknown, treat as 0. Patterns that we find pretty are the first to be guessed.",
        "有些位是手工设的：不知道怎样选的，当作 0。我们觉得好看的图案最先被猜到。",
    ),
    (
        "keys.number.worth_browser",
        "Every bit is from the browser's random source, which is made for this.",
        "每一位都来自浏览器的随机源，它就是为此准备的。",
    ),
    // Coins.
    (
        "keys.number.coins.why",
        "Take a real coin and say what it shows: heads is 1, tails is 0. After 256 flips you have a key of your own.",
        "拿一枚真硬币，报出它的结果：正面是 1，反面是 0。抛 256 次，你就有了自己的密钥。",
    ),
    ("keys.number.coins.heads", "Heads", "正面"),
    ("keys.number.coins.tails", "Tails", "反面"),
    ("keys.number.coins.none", "Not flipped yet", "还没有抛"),
    ("keys.number.coins.one", "Flip for me", "替我抛一次"),
    ("keys.number.coins.undo", "Undo last flip", "撤销上一次"),
    ("keys.number.coins.rest", "Flip the rest", "抛完剩下的"),
    ("keys.number.coins.again", "Start over", "重新开始"),
    (
        "keys.number.coins.progress",
        "{count} of 256 flips, {heads} heads; {left} to go",
        "已抛 256 次中的 {count} 次，{heads} 次正面；还剩 {left} 次",
    ),
    (
        "keys.number.coins.keys",
        "On a keyboard, click here first: then H is heads, T is tails, and Backspace takes the last flip back.",
        "用键盘时先点一下这里：H 是正面，T 是反面，退格键撤销上一次。",
    ),
    // Movement.
    (
        "keys.number.movement.why",
        "Scribble over the field. Where you are and exactly when is stirred together with SHA-256, and the result is the key.",
        "在框里乱画。你在哪里、精确的时刻，都用 SHA-256 搅在一起，结果就是密钥。",
    ),
    (
        "keys.number.movement.pad",
        "Field to scribble in; with a keyboard, press any keys in an uneven rhythm",
        "用来乱画的框；用键盘时，以不均匀的节奏随意按键",
    ),
    (
        "keys.number.movement.hint",
        "Move here. With a keyboard: go here with Tab and press any keys, unevenly.",
        "在这里移动。用键盘：按 Tab 来到这里，再以不均匀的节奏随意按键。",
    ),
    (
        "keys.number.movement.progress",
        "About {bits} of 256 bits, from {samples} measurements",
        "大约有 256 位中的 {bits} 位，来自 {samples} 次测量",
    ),
    (
        "keys.number.movement.estimate",
        "This count is an estimate: a movement counts one bit at most, and none if it goes straight on; a key press none if it keeps the rhythm. Real wallets mix such movements into the computer's own random source.",
        "这个数是估计：一次移动最多算一位，直着走不算；按键保持节奏也不算。真正的钱包会把这些移动混进电脑自己的随机源。",
    ),
    // Words.
    (
        "keys.number.words.why",
        "Words are easier to write down than 256 bits. They lead to any number of keys; here the first one is taken.",
        "单词比 256 位容易抄写。它们可以导出任意多把密钥；这里取第一把。",
    ),
    ("keys.number.words.label", "12 to 24 words of BIP-0039", "12 到 24 个 BIP-0039 单词"),
    (
        "keys.number.words.hint",
        "English words with a space between. Never type the words of real money into a page.",
        "英文单词，用空格隔开。绝不要把真钱包的单词输入网页。",
    ),
    ("keys.number.words.hidden", "The words are hidden with the key.", "单词和密钥一起隐藏了。"),
    ("keys.number.words.new12", "12 new words", "生成 12 个单词"),
    ("keys.number.words.new24", "24 new words", "生成 24 个单词"),
    (
        "keys.number.words.count",
        "{words} words of 11 bits are {all} bits: {bits} of chance and a checksum of {checksum}.",
        "{words} 个单词，每个 11 位，共 {all} 位：{bits} 位随机，{checksum} 位校验和。",
    ),
    ("keys.number.words.taken", "Key that is taken:", "取用的密钥："),
    ("keys.number.words.address", "Its address:", "它的地址："),
    (
        "keys.number.words.others",
        "Another last number would give another key of the same words.",
        "换一个末尾的数字，就得到同一组单词的另一把密钥。",
    ),
    // Typed.
    (
        "keys.number.typed.why",
        "A private key is just a number. Type one, and see it in all its forms.",
        "私钥只是一个数。输入一个，看看它的各种写法。",
    ),
    ("keys.number.typed.form", "How it is written", "写法"),
    ("keys.number.typed.auto", "Recognise", "自动识别"),
    ("keys.number.typed.decimal", "Decimal", "十进制"),
    ("keys.number.typed.hex", "Hexadecimal", "十六进制"),
    ("keys.number.typed.wif", "WIF", "WIF"),
    ("keys.number.typed.label", "The number", "这个数"),
    (
        "keys.number.typed.hint",
        "Decimal, hexadecimal (0x… or 64 digits), or wallet import format.",
        "十进制、十六进制（0x… 或 64 位数字），或钱包导入格式。",
    ),
    ("keys.number.typed.read_as", "Read as: {form}", "识别为：{form}"),
    ("keys.number.typed.edges", "Try the edges", "试试边界"),
    ("keys.number.typed.hidden", "What was typed is hidden with the key.", "输入的内容和密钥一起隐藏了。"),
    // Values.
    ("keys.number.values.title", "One number, three ways to write it", "一个数，三种写法"),
    ("keys.number.values.sub", "all say the same", "说的是同一个数"),
    (
        "keys.number.values.size",
        "{digits} decimal digits, {bits} bits after the zeros in front.",
        "十进制 {digits} 位数字；去掉前面的零，共 {bits} 个二进制位。",
    ),
    // Range.
    ("keys.number.range.title", "Which numbers are keys", "哪些数是密钥"),
    (
        "keys.number.range.why",
        "From 1 to n − 1. n is how often G can be added until nothing is left: n·G is the point at infinity, (n+1)·G is G again.",
        "从 1 到 n − 1。n 是把 G 加到什么都不剩所需的次数：n·G 是无穷远点，(n+1)·G 又回到 G。",
    ),
    ("keys.number.range.hex", "n, hexadecimal", "n（十六进制）"),
    ("keys.number.range.decimal", "n, decimal", "n（十进制）"),
    (
        "keys.number.range.chance",
        "n is so near to 2^256 that 256 fair flips miss the range only about once in 2^127 tries.",
        "n 非常接近 2^256：公平地抛 256 次，大约要试 2^127 回才会有一回落在范围外。",
    ),
    // Scale.
    ("keys.number.scale.title", "How many is 2^256?", "2^256 有多少？"),
    ("keys.number.scale.sub", "each step to the right doubles", "每往右一步就翻倍"),
    ("keys.number.scale.flips", "Flips", "次数"),
    (
        "keys.number.scale.more_than",
        "{flips} flips have 2^{flips} outcomes, about {ten}: as many as this or more: {name}.",
        "抛 {flips} 次有 2^{flips} 种结果，约 {ten}：不少于“{name}”。",
    ),
    (
        "keys.number.scale.less",
        "{flips} flips have 2^{flips} outcomes, about {ten}.",
        "抛 {flips} 次有 2^{flips} 种结果，约 {ten}。",
    ),
    (
        "keys.number.scale.why",
        "The bars count doublings: a bar one step longer is twice as many. Counts with “about” are estimates.",
        "条形数的是翻倍的次数：长一步就多一倍。带“约”的是估计。",
    ),
    ("keys.number.scale.what", "What", "是什么"),
    ("keys.number.scale.two", "Doublings", "翻倍"),
    ("keys.number.scale.tens", "Power of ten", "十的幂"),
    ("keys.number.scale.about", "about {power}", "约 {power}"),
    ("keys.number.scale.people", "people alive", "活着的人"),
    ("keys.number.scale.seconds", "seconds since the big bang", "大爆炸以来的秒数"),
    ("keys.number.scale.sand", "grains of sand on Earth's beaches", "地球海滩上的沙粒"),
    ("keys.number.scale.words12", "phrases of 12 words", "12 个单词的短语"),
    ("keys.number.scale.addresses", "addresses", "地址"),
    ("keys.number.scale.earth", "atoms in the Earth", "地球里的原子"),
    ("keys.number.scale.keys", "private keys", "私钥"),
    ("keys.number.scale.universe", "atoms in the visible universe", "可见宇宙里的原子"),
    // Refusals.
    ("rule.number-empty", "Nothing was typed.", "还没有输入。"),
    (
        "rule.number-no-form",
        "This is neither a decimal number, nor hexadecimal, nor WIF.",
        "这既不是十进制数，也不是十六进制数，也不是 WIF。",
    ),
    (
        "rule.number-digit",
        "Character {position}, {found}, is no digit here.",
        "第 {position} 个字符 {found} 在这里不是数字。",
    ),
    (
        "rule.number-over-256-bits",
        "This number does not fit in 256 bits: 2^256 or more.",
        "这个数放不进 256 位：它不小于 2^256。",
    ),
    (
        "rule.number-zero",
        "0 is no private key: 0·G is the point at infinity, no public key.",
        "0 不能作为私钥：0·G 是无穷远点，不是公钥。",
    ),
    (
        "rule.number-order",
        "This is n itself: n·G is the point at infinity, as 0·G is.",
        "这正是 n：n·G 和 0·G 一样，是无穷远点。",
    ),
    (
        "rule.number-above-order",
        "This is n + {excess}: more than n − 1. Its point would be the same as for {excess}.",
        "这是 n + {excess}，超过了 n − 1。它的点和 {excess} 的点是同一个。",
    ),
];

import Primitives

/// The style of the sandbox's pages, within the page and named by its digest in the page's policy.
enum SandboxStyle {
    /// What the policy admits: this style and no other.
    static let source = "sha256-" + Base64.encode(Digest.sha256(css.utf8))

    static let css = """
        :root{--page:#f3f4f8;--card:#fff;--ink:#171a26;--soft:#5a6072;--line:#dcdfe8;--field:#878da0;--key:#4338ca;
        --key-ink:#fff;--key-over:#372fa8;--tint:#eef0ff;--test:#8a4b00;--test-tint:#fff3dc;--good:#0b6b3e;
        --good-tint:#e3f6ec;--bad:#a4161a;--bad-tint:#fdeaea;--shadow:0 1px 2px #171a2614,0 12px 32px #171a2614}
        @media (prefers-color-scheme:dark){:root{--page:#0f1119;--card:#191c27;--ink:#eef0f6;--soft:#a5abbd;
        --line:#303546;--field:#7a8197;--key:#a5a3ff;--key-ink:#14122e;--key-over:#bcbaff;--tint:#25264a;--test:#ffc670;
        --test-tint:#33270f;--good:#74dca6;--good-tint:#12301f;--bad:#ff9d9d;--bad-tint:#3a1719;--shadow:none}}
        *{box-sizing:border-box}
        body{margin:0;min-height:100vh;padding:clamp(1rem,5vh,4rem) 1rem 2rem;background:var(--page);color:var(--ink);
        font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
        main{max-width:29rem;margin:0 auto;padding:1.75rem;background:var(--card);border:1px solid var(--line);
        border-radius:1rem;box-shadow:var(--shadow);overflow-wrap:anywhere}
        h1,h2,p{margin:0}
        .mode{display:inline-block;margin-bottom:1.25rem;padding:.2rem .75rem;border-radius:1rem;
        background:var(--test-tint);color:var(--test);font-size:.8125rem;font-weight:600}
        .mode span{font-size:.625rem;vertical-align:.1em}
        .shop{color:var(--soft);font-weight:600}
        h1{font-size:2.25rem;line-height:1.2;letter-spacing:-.02em;font-variant-numeric:tabular-nums}
        .order{margin-bottom:1.5rem;color:var(--soft);font-size:.9375rem}
        .order span{font-variant-numeric:tabular-nums}
        h2{font-size:1.125rem;line-height:1.35}
        fieldset{margin:0 0 1.25rem;padding:0;border:0;min-width:0}
        legend{padding:0;margin-bottom:.625rem;font-weight:600}
        label{display:flex;gap:.75rem;padding:.6875rem .875rem;border:1px solid var(--line);border-bottom-width:0;
        cursor:pointer}
        label:first-of-type{border-radius:.625rem .625rem 0 0}
        label:last-of-type{border-radius:0 0 .625rem .625rem;border-bottom-width:1px}
        label:hover,label:has(:checked){background:var(--tint)}
        label:has(:focus-visible){position:relative;border-radius:.625rem;outline:2px solid var(--key);outline-offset:1px}
        input[type=radio]{flex:none;width:1.125rem;height:1.125rem;margin:.1875rem 0 0;accent-color:var(--key)}
        input[type=radio]:focus-visible{outline:none}
        label span{min-width:0}
        strong,small{display:block}
        strong{font-weight:600}
        small{color:var(--soft);font-size:.875rem;line-height:1.4}
        button,a.primary{display:block;width:100%;min-height:3rem;margin-top:.75rem;padding:.6875rem 1rem;
        border:1px solid transparent;border-radius:.625rem;font:inherit;font-weight:600;text-align:center;
        text-decoration:none;cursor:pointer}
        .primary{background:var(--key);color:var(--key-ink)}
        .primary:hover{background:var(--key-over)}
        .secondary{background:none;border-color:var(--field);color:var(--ink)}
        .secondary:hover{background:var(--tint)}
        button:focus-visible,a.primary:focus-visible{outline:2px solid var(--key);outline-offset:3px}
        section p{margin-top:.375rem;color:var(--soft)}
        section form{margin-top:1.25rem}
        .verdict{padding:1rem 1.125rem;border-radius:.625rem;background:var(--tint)}
        .verdict p{color:var(--ink)}
        .good{background:var(--good-tint)}
        .good h2{color:var(--good)}
        .bad{background:var(--bad-tint)}
        .bad h2{color:var(--bad)}
        footer{margin-top:1.25rem;color:var(--soft);font-size:.8125rem;text-align:center}
        @media (max-width:26rem){main{padding:1.25rem}h1{font-size:1.875rem}}
        @media (forced-colors:active){.verdict,.mode{border:1px solid}}
        """
}

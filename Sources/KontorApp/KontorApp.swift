// KontorApp

/** Another program altogether, which lives and never answers. */
setInterval(() => undefined, 1_000);

# Find Chromium, which the tests look at our pages with, or install Debian's. Says what to do where it cannot.
if command -v chromium >/dev/null 2>&1; then
    exit 0
fi
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    echo "installing Chromium for the browser tests"
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null
else
    echo "make test looks at pages in Chromium: install it as 'chromium' and try again" >&2
    exit 1
fi

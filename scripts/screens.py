"""Pictures of the pages of a running demonstration, at 360 and 1280 pixels, in build/screens.

    make run                                   in one window
    make screens                               in another: the public pages
    make screens ARGS="--as af@westland.example /werk/"

It starts at the given paths (else the front page) and follows links inside the site.
"""

import argparse
import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urldefrag, urljoin, urlsplit

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
WIDTHS = (360, 1280)
ARGUMENTS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
]


def main() -> None:
    """Take the pictures."""
    arguments = _arguments()
    folder = ROOT / "build" / "screens" / (arguments.account or "public").split("@")[0]
    folder.mkdir(parents=True, exist_ok=True)
    path = subprocess.run(
        [ROOT / "scripts" / "chromium"], capture_output=True, text=True, check=True
    ).stdout.strip()
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path or None, args=ARGUMENTS + sandbox)
        page = _first_page(browser, arguments)
        for address in _crawl(page, arguments):
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 800})
                page.screenshot(path=folder / f"{_name(address)}-{width}.png", full_page=True)
            print(address, flush=True)
    print(f"See {folder}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Pictures of the pages of a running demonstration.")
    parser.add_argument("paths", nargs="*", default=["/"])
    parser.add_argument("--address", default="http://localhost:8000")
    parser.add_argument("--as", dest="account", help="e-mail address of an account of the demonstration")
    parser.add_argument("--most", type=int, default=60, help="stop after so many pages")
    parser.add_argument("--language", default="nl")
    return parser.parse_args()


def _first_page(browser: Browser, arguments: argparse.Namespace) -> Page:
    page = browser.new_page(locale=arguments.language)
    if arguments.account:
        password = (ROOT / "var" / "secrets" / "demo_password").read_text()
        page.goto(f"{arguments.address}/inloggen/")
        page.fill("input[name=login]", arguments.account)
        page.fill("input[name=password]", password)
        page.press("input[name=password]", "Enter")
        page.wait_for_load_state()
    return page


def _crawl(page: Page, arguments: argparse.Namespace) -> Iterator[str]:
    """Go to each page once and yield its address. Pages that differ only in an id count as one."""
    waiting = [urljoin(arguments.address, path) for path in arguments.paths]
    seen: set[str] = set()
    while waiting and len(seen) < arguments.most:
        address = urldefrag(waiting.pop(0)).url
        if _name(address) in seen:
            continue
        seen.add(_name(address))
        answer = page.goto(address)
        if answer is None or "text/html" not in answer.headers.get("content-type", ""):
            continue
        yield address
        links: list[str] = page.eval_on_selector_all("a[href]", "links => links.map(link => link.href)")
        own = urlsplit(arguments.address).netloc
        waiting += [link for link in links if urlsplit(link).netloc == own and "uitloggen" not in link]


def _name(address: str) -> str:
    """Return a file name for an address, with ids taken out."""
    path = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|\b[A-Z0-9]{6,}\b", "id", urlsplit(address).path)
    return path.strip("/").replace("/", "-") or "home"


if __name__ == "__main__":
    main()

"""What may never happen, whatever a test is about: a look outside, a fault in the console, a bad answer."""

from dataclasses import dataclass, field

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response, WebError

from sluitend.kernel.access.views import AMISS

# Chromium says this in the console of every answer that is no success; `_answered` judges those.
STATUS_LINE = "Failed to load resource: the server responded with a status of"


@dataclass
class Watch:
    """Collects the faults of every page of a context."""

    address: str
    faults: list[str] = field(default_factory=list)

    def over(self, context: BrowserContext) -> None:
        """Watch a context, and keep what goes wrong. The browser itself lets nothing out."""
        context.on("request", self._asked)
        context.on("console", self._said)
        context.on("weberror", self._thrown)
        context.on("response", self._answered)

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((f"{self.address}/", "data:", "blob:", "about:")):
            self.faults.append(f"asked another host: {request.url}")

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not message.text.startswith(STATUS_LINE):
            self.faults.append(f"console {message.type}: {message.text}")

    def _thrown(self, error: WebError) -> None:
        self.faults.append(f"uncaught: {error.error}")

    def _answered(self, response: Response) -> None:
        document = response.request.resource_type == "document"
        came_back = document or response.status == AMISS
        if response.status >= 500 or (response.status >= 400 and not came_back):
            self.faults.append(f"status {response.status}: {response.request.method} {response.url}")


def sideways(page: Page) -> list[str]:
    """Return what makes a page wider than its window; a box that scrolls by itself may."""
    found: list[str] = page.evaluate(WIDER)
    return found


WIDER = """() => {
  const root = document.documentElement;
  if (root.scrollWidth <= root.clientWidth) return [];
  const scrolls = (element) => {
    for (let e = element.parentElement; e && e !== document.body; e = e.parentElement) {
      if (["auto", "scroll", "hidden", "clip"].includes(getComputedStyle(e).overflowX)) return true;
    }
    return false;
  };
  const name = (e) => `${e.tagName.toLowerCase()}.${e.className} ${e.textContent.trim().slice(0, 40)}`;
  const wide = [...document.body.querySelectorAll("*")].filter((e) => {
    const box = e.getBoundingClientRect();
    return box.width && (box.right > root.clientWidth + 1 || box.left < -1) && !scrolls(e);
  });
  return wide.length ? wide.slice(0, 5).map(name) : ["something wider than the page"];
}"""

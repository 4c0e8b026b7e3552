"""Faults in sealing."""

from tests.planted import Fault

ENVELOPES = "kernel/sealing/envelopes.py"
OPENED = "kernel/sealing/opened.py"
NEAR = "tests/kernel/sealing"

FAULTS = (
    Fault(
        "sealing.older_words_back",
        OPENED,
        "        if self.written and not self.written.holds(",
        "        if False and not self.written.holds(",
        "words of before that are put back are not believed",
        NEAR,
    ),
    Fault(
        "sealing.public_words_for_ever",
        OPENED,
        "_is_of_public(kind, column) and revision <= FIRST",
        "_is_of_public(kind, column)",
        "who breaks into the public pages writes nothing over what was taken up",
        NEAR,
    ),
    Fault(
        "sealing.of_another_row",
        OPENED,
        "crypto.bind(str(pk), self.id.bytes, revision)",
        'crypto.bind("", self.id.bytes, revision)',
        "words of one row do not open in another",
        NEAR,
    ),
    Fault(
        "sealing.of_another_revision",
        OPENED,
        "str(pk), self.id.bytes, revision)",
        "str(pk), self.id.bytes, 0)",
        "words of one revision do not open in another",
        NEAR,
    ),
    Fault(
        "sealing.of_another_column",
        OPENED,
        'crypto.bind("sluitend/field/1", table, column)',
        'crypto.bind("sluitend/field/1", table, "")',
        "words of one column do not open in another",
        NEAR,
    ),
    Fault(
        "sealing.one_key_for_all_files",
        OPENED,
        'crypto.bind("sluitend/file/1", attachment_id.bytes)',
        'crypto.bind("sluitend/file/1", b"")',
        "a file does not open in the place of another",
        NEAR,
    ),
    Fault(
        "sealing.broken_seal_opens",
        ENVELOPES,
        "        if not opened[envelope_id].key and not only_looks():\n",
        "        if False:\n",
        "nothing is done with what does not open",
        NEAR,
    ),
    Fault(
        "sealing.recipient_cannot_open",
        ENVELOPES,
        "for each in (organisation_id, recipient_id) if each)",
        "for each in (organisation_id,) if each)",
        "who is sent something opens it",
        NEAR,
    ),
    Fault(
        "sealing.key_is_kept_in_mind",
        ENVELOPES,
        "    custodian().forget()\n",
        "",
        "what was destroyed opens no more, also for who opened it just now",
        NEAR,
    ),
    Fault(
        "sealing.destruction_is_not_written_down",
        ENVELOPES,
        "    custodian().forget()\n    destructions.follow()\n",
        "    custodian().forget()\n",
        "what was destroyed stays so after a restore",
        NEAR,
    ),
    Fault(
        "sealing.destroyed_looks_absent",
        ENVELOPES,
        "    if Destruction.objects.filter(envelope_id=envelope_id).exists():\n",
        "    if False:\n",
        "what was destroyed is told from what never was",
        NEAR,
    ),
)

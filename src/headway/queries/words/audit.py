"""Entries of the audit in words: what was done, read or refused, instead of its code."""

from django.utils.translation import gettext as _


def done(code: str) -> str:
    """What an entry says happened; a code without words of its own stays as it is.

    >>> done("accounts.disable"), done("refused:route:results")
    ('Disabled an account', 'Refused: the page results')
    """
    kind, _separator, rest = code.partition(":")
    if kind == "refused" and rest:
        name = rest.removeprefix("route:")
        told = _("the page {page}").format(page=name) if name != rest else _uncapitalised(rest)
        return _("Refused: {what}").format(what=told)
    if kind == "read" and rest:
        return _("Read: {what}").format(what=_uncapitalised(rest))
    return WORDS[code]() if code in WORDS else code


def _uncapitalised(code: str) -> str:
    told = done(code)
    return told[:1].lower() + told[1:]


# Called when asked for, so that each reader gets their own language.
WORDS = {
    "access.accept_invitation": lambda: _("Made an account by invitation"),
    "access.found_organisation": lambda: _("Made the first account"),
    "access.found_sample": lambda: _("Made the sample's leader"),
    "access.invite": lambda: _("Invited somebody"),
    "access.log_in_by_link": lambda: _("Logged in by a link"),
    "access.make_log_in_link": lambda: _("Made a log-in link"),
    "access.make_reset_link": lambda: _("Made a link for a new password"),
    "access.reset_password": lambda: _("Set a new password by a link"),
    "access.sight": lambda: _("What somebody can see"),
    "access.withdraw_link": lambda: _("Withdrew a link"),
    "accounts.change_roles": lambda: _("Changed roles or person of an account"),
    "accounts.disable": lambda: _("Disabled an account"),
    "accounts.enable": lambda: _("Enabled an account"),
    "accounts.remove_second_factor": lambda: _("Removed the second factor of an account"),
    "accounts.sign_out_everywhere": lambda: _("Signed an account out everywhere"),
    "audit.entries": lambda: _("The audit"),
    "brought.keep": lambda: _("Brought what is declared up to the data"),
    "cards.agree": lambda: _("Agreed to a card"),
    "cards.save": lambda: _("Wrote a card"),
    "cards.withdraw": lambda: _("Withdrew a card"),
    "commitments.accept": lambda: _("Agreed to a commitment"),
    "commitments.give_up": lambda: _("Gave a commitment up"),
    "commitments.keep": lambda: _("Kept a commitment"),
    "commitments.make": lambda: _("Made a commitment"),
    "commitments.move": lambda: _("Moved a commitment"),
    "commitments.release": lambda: _("Let somebody off a commitment"),
    "direction.acknowledge": lambda: _("Said that a message has arrived"),
    "direction.tell": lambda: _("Logged a message"),
    "direction.withdraw": lambda: _("Took a message back"),
    "findings.add": lambda: _("Kept answers that were asked for"),
    "findings.publish": lambda: _("Published answers"),
    "findings.withdraw": lambda: _("Withdrew the published answers"),
    "jobs.ask_answer": lambda: _("Asked for an answer"),
    "jobs.ask_count": lambda: _("Asked to count rows"),
    "jobs.ask_following": lambda: _("Asked to follow what was declared"),
    "jobs.ask_leave": lambda: _("Asked to leave the sample"),
    "jobs.ask_load": lambda: _("Asked to load files"),
    "jobs.ask_publication": lambda: _("Asked to work everything out anew"),
    "jobs.ask_recognition": lambda: _("Asked to look at files"),
    "jobs.ask_undo": lambda: _("Asked to take a load back"),
    "api_failed": lambda: _("A program came with a token that does not work"),
    "api.read_only": lambda: _("A change by a token that only reads"),
    "line.comment": lambda: _("Said something to a finding about themselves"),
    "log_in": lambda: _("Logged in"),
    "log_in_failed": lambda: _("Failed to log in"),
    "objections.object_to": lambda: _("Saw a finding differently"),
    "objections.withdraw": lambda: _("Took an objection back"),
    "people.bring_up": lambda: _("Let hold what was entered for a day that has come"),
    "people.describe": lambda: _("Changed what somebody is called, or when they join or leave"),
    "people.end_leave": lambda: _("Changed a leave"),
    "people.enter": lambda: _("Entered somebody"),
    "people.enter_leave": lambda: _("Entered a leave"),
    "people.list": lambda: _("The people, and who is on leave"),
    "people.move": lambda: _("Moved somebody"),
    "people.person": lambda: _("One person and their leave"),
    "people.take_back": lambda: _("Took a move back"),
    "own_views.seal": lambda: _("Sealed their own view of how much their people decide"),
    "people_lists.apply": lambda: _("Applied a list of people"),
    "people_lists.bring": lambda: _("Brought a list of people"),
    "people_lists.drop": lambda: _("Dropped a list of people"),
    "people_stops.confirm": lambda: _("Let a load change many people"),
    "people_stops.forget": lambda: _("Let go of what waited because of people"),
    "people_stops.note": lambda: _("Stopped a load that would change many people"),
    "pulse.answer": lambda: _("Answered the questions of a pulse by a link"),
    "pulse.close": lambda: _("Closed the questions of a pulse"),
    "pulse.code": lambda: _("Coded an answer in words"),
    "pulse.open_wave": lambda: _("Opened the questions of a pulse"),
    "pulse.own_link": lambda: _("Went to their own questions"),
    "pulse.words": lambda: _("The words of an answer to be coded"),
    "predictions.seal": lambda: _("Sealed or skipped a prediction"),
    "own_account.add_second_factor": lambda: _("Added a second factor"),
    "own_account.change_password": lambda: _("Changed their password"),
    "own_account.choose_theme": lambda: _("Chose light or dark"),
    "own_account.remove_second_factor": lambda: _("Removed their second factor"),
    "projection.keep_opportunities": lambda: _("Brought opportunities up to the data"),
    "projection.keep_people": lambda: _("Brought people up to the data"),
    "reorganisation.assign": lambda: _("Said who has which role after a reorganisation"),
    "reorganisation.change": lambda: _("Changed a reorganisation"),
    "reorganisation.complete": lambda: _("Said that an account has changed hands"),
    "reorganisation.declare": lambda: _("Declared a reorganisation"),
    "reorganisation.hand_over": lambda: _("Declared that accounts change hands"),
    "reorganisation.train": lambda: _("Logged a training"),
    "reorganisation.withdraw": lambda: _("Took a reorganisation, handover or training back"),
    "sample.clear": lambda: _("Removed what the sample brought"),
    "sample.forget": lambda: _("Let go of the sample"),
    "sample.register": lambda: _("Asked for the sample"),
    "sample.see_as": lambda: _("Looked at the sample as somebody else"),
    "sample.see_as_oneself": lambda: _("Looked with their own eyes again"),
    "seat": lambda: _("A change while looking as somebody else"),
    "sources.confirm_mapping": lambda: _("Confirmed what columns mean"),
    "sources.discard": lambda: _("Set files aside"),
    "sources.kept": lambda: _("Loaded files"),
    "sources.propose_mapping": lambda: _("Kept a proposal for columns"),
    "sources.refused": lambda: _("Could not read files"),
    "sources.register": lambda: _("Brought files"),
    "sources.undone": lambda: _("Took a load back"),
    "strategy.change": lambda: _("Changed a priority"),
    "strategy.declare": lambda: _("Declared a priority"),
    "strategy.end": lambda: _("Ended a priority"),
    "strategy.keep_columns": lambda: _("Kept what conditions can be made of"),
    "strategy.keep_counts": lambda: _("Kept how many rows conditions select"),
    "tokens.create": lambda: _("Made a token for a program"),
    "tokens.revoke": lambda: _("Revoked a token"),
    "strategy.write_plan": lambda: _("Wrote the plan"),
}

"""What the case file's keys about letters hold, in Danish."""

from __future__ import annotations

LETTER_DESCRIPTIONS = {
    "LetterFacts": "Det, et brev siger ud over sagen.",
    "LetterFacts.written_on": "Brevets dato; null er den dag, brevet bliver skrevet.",
    "LetterFacts.by": "Den, der skriver brevet, når det er en anden end den, der træffer afgørelsen.",
    "LetterFacts.digital_post_on": "Den dag, brevet kommer frem i Digital Post; så kan sidste klagedag regnes ud.",
    "LetterFacts.answer_by": "Hvornår borgeren senest får svar, når standarden ikke siger det.",
    "LetterFacts.delay": "Beskeden om forsinkelse, når det ikke er den sidste i forløbet.",
    "LetterFacts.hearing": "Det, borgeren bliver hørt om.",
    "LetterFacts.complaint": "Klagen, når det ikke er den sidste i forløbet.",
    "LetterFacts.order": "Bestillingen hos en leverandør.",
    "LetterFacts.suppliers": "De leverandører, borgeren kan vælge mellem.",
    "HearingNotice": "Det, borgeren bliver hørt om i en partshøring.",
    "HearingNotice.information": "Oplysningerne; en tom liste er det, andre har sagt om områderne.",
    "HearingNotice.considering": "Det, kommunen overvejer at afgøre.",
    "Disclosure": "En oplysning, som borgeren ikke har set.",
    "Disclosure.source": "Hvem der har givet oplysningen.",
    "Disclosure.text": "Oplysningen.",
    "OrderDetails": "En bestilling i et brev til leverandøren.",
    "OrderDetails.supplier": "Leverandøren; tom er den eneste i afgørelsen.",
    "OrderDetails.address": "Leverandørens adresse, en linje ad gangen.",
    "OrderDetails.items": "Delydelserne, som i afgørelsen; en tom liste er al leverandørens hjælp.",
    "OrderDetails.confirm_by": "Hvornår leverandøren senest skal bekræfte.",
    "OrderDetails.note": "Det, hjælperen skal vide: nøgle, hund, trapper.",
    "SupplierOffer": "En leverandør, borgeren kan vælge.",
    "SupplierOffer.name": "Leverandørens navn.",
    "SupplierOffer.gives": "Den hjælp, leverandøren giver.",
    "SupplierOffer.contact": "Hvordan leverandøren kan kontaktes.",
}

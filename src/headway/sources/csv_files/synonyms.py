"""What sales systems call things, in several languages: our column, and names it goes by.

Names are written plain (no case, accents, blanks or signs): English, German, French, Spanish,
Italian,
Dutch, Portuguese, Polish.
"""

from collections.abc import Mapping

OPPORTUNITY: Mapping[str, str] = {
    "opportunity_id": "id dealid opportunityid recordid opportunitynumber dealnumber number nr "
    "no ref reference "
    "vorgangsnummer angebotsnummer chancenid verkaufschancenid auftragsnummer numero identifiant "
    "folio referencia "
    "orderid ordernumber kansid numer leadid leadnumber prospectid caseid quoteid key",
    "name": "name dealname opportunityname title titel bezeichnung subject betreff nom nombre "
    "nome naam nazwa "
    "opportunity deal verkaufschance affaire oportunidad opportunita oportunidade szansa",
    "stage": "stage status phase dealstage salesstage stagename state verkaufsphase "
    "vertriebsphase etape etapa fase "
    "stadio etap outcome result ergebnis resultat resultado esito statut estado stato "
    "opportunitystage "
    "dealstatus resultaat wynik oppstage",
    "amount": "amount value dealvalue dealamount revenue umsatz betrag wert auftragswert volumen "
    "montant importe "
    "valor importo bedrag kwota wartosc total totalamount price preis acv arr tcv dealsize "
    "closevalue "
    "angebotswert salesamount valeur ca bookings amounteur amountusd valueeur valueusd betrageur",
    "created_at": "created createdat createddate createdon createdtime creationdate createdate "
    "datecreated opened "
    "openedon opendate angelegt angelegtam erstellt erstelltam erstellungsdatum anlagedatum "
    "eroffnetam eroffnet "
    "datecreation datedecreation creele fechacreacion fechadecreacion creado datacreazione "
    "aangemaakt "
    "aangemaaktop datautworzenia utworzono startdate engagedate entered dateentered datacriacao "
    "datadecriacao",
    "close_on": "closedate closed closedat closedon closingdate dateclosed abschluss "
    "abschlussdatum abgeschlossenam "
    "geschlossen geschlossenam datecloture datedecloture fechacierre fechadecierre datachiusura "
    "sluitdatum "
    "datazamkniecia expectedclose expectedclosedate wondate enddate decisiondate orderdate "
    "entscheidungsdatum "
    "closedtime datafechamento datadefechamento abschlussam closeddate",
    "owner_id": "owner ownerid ownername salesrep rep seller salesperson salesagent agent "
    "accountmanager verkaufer "
    "verkauferin vertriebler besitzer inhaber zustandig bearbeiter vendeur commercial "
    "proprietaire vendedor "
    "propietario venditore responsabile verkoper eigenaar handlowiec opiekun assignedto "
    "dealowner sales "
    "salesowner accountexecutive ae consultant opportunityowner responsavel proprietario",
    "account_id": "account accountid accountname customer customerid customername company "
    "companyname client clientid "
    "clientname kunde kundennummer kundenname firma unternehmen entreprise cliente empresa "
    "azienda klant bedrijf "
    "klient organization organisation buyer societe",
    "product": "product productname productid produkt produit producto prodotto artikel article "
    "item offering produto "
    "sku productline",
    "product_family": "productfamily productgroup produktgruppe produktfamilie category "
    "kategorie series "
    "familleproduit productcategory warengruppe family",
    "region": "region gebiet territory area regione regio salesregion gebied vertriebsgebiet "
    "obszar regiao "
    "regionaloffice office",
    "country": "country land pays pais paese kraj countryregion",
    "segment": "segment customersegment kundensegment companysize tier kundengruppe",
    "industry": "industry branche sector sektor secteur settore branza industria setor vertical",
    "team": "team salesteam vertriebsteam equipe equipo squadra zespol",
    "manager": "manager managerid managername supervisor vorgesetzter vorgesetzte teamleiter "
    "salesmanager chef "
    "reportsto leiter gerente",
    "lead_source": "leadsource source quelle herkunft origen fonte bron zrodlo channel kanal "
    "leadquelle origine "
    "origem",
    "type": "type typ dealtype geschaftsart opportunitytype businesstype auftragsart",
    "currency": "currency wahrung devise moneda valuta waluta currencycode moeda",
    "probability_share": "probability wahrscheinlichkeit chance probabilite probabilidad "
    "probabilita kans "
    "winprobability prawdopodobienstwo",
    "lost_reason": "lostreason lossreason reasonlost verlustgrund absagegrund motifperte "
    "motivoperdida "
    "reasonforloss closedlostreason ablehnungsgrund",
    "pipeline": "pipeline salesprocess vertriebsprozess funnel",
    "next_step": "nextstep nachsterschritt prochaineetape siguientepaso",
    "forecast_category": "forecastcategory forecast",
    "is_won": "won iswon gewonnen converted isconverted closedwon success",
}

ACTIVITY: Mapping[str, str] = {
    "activity_id": "id activityid callid taskid eventid recordid",
    "kind": "kind type activitytype typ art channel kanal",
    "direction": "direction calltype richtung",
    "person_id": OPPORTUNITY["owner_id"] + " person caller user employee callowner",
    "account_id": OPPORTUNITY["account_id"],
    "opportunity_id": "opportunityid dealid opportunity deal relatedto vorgangsnummer",
    "occurred_at": "date time datetime occurredat callstarttime starttime start activitydate "
    "timestamp datum zeit "
    "zeitpunkt when",
    "duration_minutes": "durationminutes durationmin minutes dauermin dauerminuten",
    "duration_seconds": "durationseconds seconds duration dauer callduration "
    "calldurationinseconds dauersekunden",
    "outcome": "outcome result ergebnis callstatus callresult",
}

PERSON: Mapping[str, str] = {
    "person_id": "id employeeid personid userid salesagent sellerid repid mitarbeiternummer "
    "personalnummer rep "
    "salesrep seller salesperson agent verkaufer",
    "name": "name fullname salesagent seller salesperson rep salesrep mitarbeiter verkaufer "
    "employee agent nom nombre",
    "email": "email mail emailaddress",
    "title": "title jobtitle role position funktion titel",
    "hired_on": "hired hiredate hiredon startdate eintritt eintrittsdatum",
    "left_on": "left leftdate lefton enddate austritt austrittsdatum leavedate",
    "manager": OPPORTUNITY["manager"],
    "team": OPPORTUNITY["team"] + " department abteilung",
    "region": OPPORTUNITY["region"],
}

ACCOUNT: Mapping[str, str] = {
    "account_id": "id accountid customerid companyid kundennummer clientid account customer "
    "company kunde firma "
    "accountname customername companyname",
    "name": "name accountname customername companyname account customer company kunde firma "
    "kundenname nom",
    "parent_id": "parent parentid parentaccount subsidiaryof muttergesellschaft",
    "segment": OPPORTUNITY["segment"],
    "industry": OPPORTUNITY["industry"],
    "country": OPPORTUNITY["country"],
    "region": OPPORTUNITY["region"],
    "employee_count": "employees employeecount numberofemployees mitarbeiter mitarbeiterzahl "
    "effectif empleados",
    "annual_revenue_amount": "annualrevenue revenue jahresumsatz umsatz chiffredaffaires",
}

PRODUCT: Mapping[str, str] = {
    "product_id": "id productid sku product productname produkt artikelnummer produit producto",
    "name": "name productname product produkt bezeichnung produit producto artikel",
    "family": OPPORTUNITY["product_family"],
    "list_price_amount": "listprice price salesprice preis listenpreis prix precio prezzo",
}

TABLES: Mapping[str, Mapping[str, str]] = {
    "seen/opportunity": OPPORTUNITY,
    "seen/activity": ACTIVITY,
    "seen/person": PERSON,
    "seen/account": ACCOUNT,
    "seen/product": PRODUCT,
}

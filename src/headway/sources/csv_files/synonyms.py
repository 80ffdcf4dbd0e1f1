"""What sales systems call things, in several languages: our column, and names it goes by.

Names are written plain (no case, accents, blanks or signs): English, German, French, Spanish,
Italian, Dutch, Portuguese, Polish. Of a column, names further in front fit better.
"""

from collections.abc import Mapping

OPPORTUNITY: Mapping[str, str] = {
    "opportunity_id": (
        "opportunityid dealid id recordid opportunitynumber dealnumber number nr no ref "
        "reference vorgangsnummer angebotsnummer chancenid verkaufschancenid auftragsnummer "
        "numero identifiant folio referencia orderid ordernumber kansid numer leadid "
        "leadnumber prospectid caseid quoteid mqlid opportunitycode dealcode code codigo "
        "chancenumber chancennumber chancennummer kansnummer projektnummer datensatzid "
        "numeroaffaire numerooportunidad "
        "codice opportunitykey key opportunity"
    ),
    "name": (
        "opportunityname dealname name topic title titel bezeichnung subject betreff nom "
        "nombre nome naam nazwa opportunity deal verkaufschance affaire oportunidad "
        "opportunita oportunidade szansa intitule libelle opportunitytitle dealtitle"
    ),
    "stage": (
        "stage phase dealstage salesstage stagename verkaufsphase vertriebsphase etape etapa "
        "fase stadio etap pipelinephase pipelinestage opportunitystage oppstage status state "
        "statecode outcome result etat statut estado stato situacao ergebnis resultat "
        "resultado esito resultaat wynik dealstatus opportunitystatus opportunityresult "
        "opportunitystate dealstate"
    ),
    "outcome": (
        "outcome result dealstatus opportunitystatus opportunityresult dealoutcome status "
        "opportunityoutcome winloss wonlost ergebnis resultado resultat esito estado statut "
        "state statecode etat stato dealstate opportunitystate situacao wynik"
    ),
    "amount": (
        "amount value dealvalue dealamount revenue umsatz betrag wert auftragswert volumen "
        "montant importe valor importo bedrag kwota wartosc total totalamount price preis acv "
        "arr tcv dealsize closevalue estimatedvalue estimatedrevenue opportunityamount "
        "opportunityvalue contractvalue pipelinevalue expectedvalue valorestimado "
        "expectedrevenue forecastamount revenueamount montantht angebotswert salesamount "
        "valeur ca bookings amounteur amountusd valueeur valueusd betrageur lineamount "
        "linetotal totalprice positionswert"
    ),
    "won_amount": "actualrevenue actualvalue wonamount wonvalue actualamount",
    "created_at": (
        "created createdat dealcreated firstcontactdate erfasst erfasstam dateopened "
        "creationtime createtime createddate createdon createdtime creationdate createdate "
        "datecreated opened openedon opendate angelegt angelegtam erstellt erstelltam "
        "erstellungsdatum anlagedatum eroffnetam eroffnet datecreation datedecreation creele "
        "fechacreacion fechadecreacion creado datacreazione aangemaakt aangemaaktop "
        "datautworzenia utworzono startdate engagedate entered dateentered datacriacao "
        "datadecriacao cree creee createddatetime anlage erstelldatum creadoel aanmaak "
        "fechacreado heuredecreation horadecreacion aanmaakdatum criadoem creatoil"
    ),
    "won_on": (
        "wontime wondate wonon wonat datewon gewonnenam closedwondate ganadoel fechaganado "
        "gagnele dategagnee ganhoem gewonnenop vintoil"
    ),
    "lost_on": (
        "losttime lostdate loston lostat datelost verlorenam closedlostdate perdidoel "
        "fechaperdido perdule dateperdue perdidoem verlorenop persoil"
    ),
    "closed_on": (
        "actualclosedate actualclosedon closedon dealclosedon closedat closetime closedtime "
        "dateclosed closed closeddate actualclose clos abgeschlossenam geschlossenam "
        "datedesignature datesignature signaturedate fechacierrereal decisiondate "
        "dateclosedactual closeddatetime afgeslotenop cerradoel clotureele fechadoem"
    ),
    "close_on": (
        "closedate expectedclosedate estimatedclosedate closed closedat closedon closingdate "
        "dateclosed abschluss abschlussdatum abgeschlossenam geschlossen geschlossenam "
        "datecloture datedecloture fechacierre fechadecierre datachiusura sluitdatum "
        "datazamkniecia expectedclose wondate enddate decisiondate orderdate "
        "entscheidungsdatum closedtime datafechamento datadefechamento abschlussam closeddate "
        "schlusstermin schlussdatum datedefermeture datefermeture sluitingsdatum "
        "verwachteafsluiting fechaprevistadecierre fechacierreprevista dateclotureprevue "
        "datechiusuraprevista dataprevistadefechamento"
    ),
    "modified_at": (
        "modified modifiedon modifiedat modifieddate modifiedtime lastmodified "
        "lastmodifieddate lastmodifiedtime systemmodstamp updatetime updatedat updated "
        "lastupdated lastupdate geandertam modificadoel datedemodification datemodification"
    ),
    "snapshot_on": (
        "snapshotdate snapshot snapshoton asof asofdate stichtag extractdate extractiondate "
        "exportdate reportdate loaddate fechacorte datedextraction snapshotmonth reportmonth "
        "berichtsdatum"
    ),
    "owner_id": (
        "owner ownerid ownername salesrep rep seller salesperson salesagent agent "
        "accountmanager verkaufer verkauferin vertriebler besitzer inhaber zustandig "
        "bearbeiter vendeur commercial proprietaire vendedor propietario venditore "
        "responsabile verkoper eigenaar handlowiec opiekun assignedto dealowner sales "
        "salesowner accountexecutive ae consultant opportunityowner responsavel proprietario "
        "comercial verantwortlich verantwortlicher vertriebsmitarbeiter aussendienst repid "
        "repname salesrepid salesrepname sellerid srid salespersonid salespersonname "
        "agentname salesrepemail owneremail ownerfullname accountowner sr sdrid sdr "
        "commerciale zustandigermitarbeiter mitarbeiter sachbearbeiter username user inhaberin "
        "proprietairedelaffaire proprietairedeaffaire"
    ),
    "account_id": (
        "account accountid accountname customer customerid customername company companyname "
        "client clientid clientname kunde kundennummer kundenname firma unternehmen "
        "entreprise cliente empresa azienda klant bedrijf klient organization organisation "
        "buyer societe potentialcustomer compte cuenta conto konto relatedcompany "
        "parentaccount parentaccountvalue primarycompany organizacion organizacao organisatie "
        "organizzazione organizacja auftraggeber leadname nomcompte nomducompte"
    ),
    "product": (
        "productname product productid produkt produit producto prodotto artikel article item "
        "offering produto sku productline"
    ),
    "product_family": (
        "productfamily productgroup produktgruppe produktfamilie category kategorie series "
        "familleproduit productcategory warengruppe family"
    ),
    "region": (
        "region gebiet territory area regione regio salesregion gebied vertriebsgebiet obszar "
        "regiao zona zone regionaloffice office"
    ),
    "country": "country land pays pais paese kraj countryregion",
    "segment": "segment customersegment kundensegment companysize tier kundengruppe",
    "industry": "industry branche sector sektor secteur settore branza industria setor vertical",
    "team": "team salesteam vertriebsteam equipe equipo squadra zespol",
    "manager": (
        "manager managerid managername supervisor vorgesetzter vorgesetzte teamleiter "
        "salesmanager chef reportsto leiter gerente"
    ),
    "lead_source": (
        "leadsource source sourcechannel origin originedulead quelle herkunft origen fonte "
        "bron zrodlo channel kanal leadquelle origine origem"
    ),
    "type": "type typ dealtype geschaftsart opportunitytype businesstype auftragsart",
    "currency": (
        "currency currencyofvalue amountcurrency wahrung devise moneda valuta waluta "
        "currencycode moeda valuecurrency monedadevalor"
    ),
    "probability_share": (
        "probability wahrscheinlichkeit chance probabilite probabilidad probabilita kans "
        "winprobability prawdopodobienstwo win% confidence slagingskans gewinnwahrscheinlichkeit"
    ),
    "lost_reason": (
        "lostreason lossreason reasonlost verlustgrund absagegrund motifperte motivoperdida "
        "reasonforloss closedlostreason ablehnungsgrund motivodeperdida motivodaperda "
        "raisondelaperte redenverlies redenvanverlies motivoperdita"
    ),
    "pipeline": "pipeline salesprocess vertriebsprozess funnel",
    "next_step": "nextstep nachsterschritt prochaineetape siguientepaso",
    "forecast_category": "forecastcategory forecast",
    "is_won": (
        "iswon won wonyn gewonnen gagne gagnee ganado ganada converted isconverted closedwon "
        "isclosedwon success"
    ),
    "is_closed": "isclosed closedyn isdealclosed",
}

ORDER: Mapping[str, str] = {
    "order_id": (
        "orderid ordernumber orderno salesorder salesordernumber invoiceid invoicenumber "
        "invoiceno transactionid transactionnumber saleid salenumber receiptnumber "
        "documentnumber auftragsnummer bestellnummer rechnungsnummer belegnummer pedido "
        "numeropedido commande numerocommande numerodecommande factura numerofattura order "
        "invoice transaction auftrag bestellung"
    ),
    "ordered_on": (
        "orderdate dateordered ordereddate ordertime invoicedate saledate dateofsale "
        "salesdate transactiondate purchasedate orderpurchasetimestamp bookingdate "
        "auftragsdatum bestelldatum rechnungsdatum belegdatum fechapedido fechafactura "
        "fechaventa datecommande datedecommande datefacture dataordine datavenda date datum "
        "fecha data"
    ),
    "order_status": "orderstatus status auftragsstatus estado statut",
    "line_amount": (
        "lineamount linetotal sales salesamount amount total totalprice totalamount revenue "
        "netamount netsales extendedprice ordervalue orderamount saleamount umsatz betrag "
        "gesamtpreis nettobetrag montant montantht importe importo valor ca turnover"
    ),
    "quantity": (
        "quantity units unitssold orderquantity menge anzahl stuck quantite cantidad quantita "
        "quantidade"
    ),
    "unit_price": (
        "unitprice price priceeach salesprice priceperunit einzelpreis preis stuckpreis "
        "prixunitaire preciounitario precounitario prezzounitario"
    ),
    "owner_id": OPPORTUNITY["owner_id"],
    "account_id": OPPORTUNITY["account_id"],
    "product": OPPORTUNITY["product"],
    "product_family": OPPORTUNITY["product_family"],
    "region": OPPORTUNITY["region"],
    "country": OPPORTUNITY["country"],
    "segment": OPPORTUNITY["segment"],
    "industry": OPPORTUNITY["industry"],
    "currency": OPPORTUNITY["currency"],
}

CHANGE: Mapping[str, str] = {
    "opportunity_id": OPPORTUNITY["opportunity_id"],
    "field": ("field fieldname feld champ campo changedfield property attribute column"),
    "old_value": (
        "oldvalue old from fromstage fromvalue previousvalue previousstage oldstage before "
        "valuebefore alterwert ancienvaleur valoranterior"
    ),
    "new_value": (
        "newvalue new to tostage tovalue stage newstage stagename value after valueafter "
        "neuerwert nouvellevaleur valornuevo"
    ),
    "changed_at": (
        "changedat changedon changedate changed modifiedat modifiedon modifieddate editdate "
        "timestamp date datetime time enteredat enteredon dateentered geandertam createddate "
        "createdat stagechangedate"
    ),
}

ACTIVITY: Mapping[str, str] = {
    "activity_id": "id activityid callid taskid eventid recordid",
    "kind": "kind type activitytype typ art channel kanal",
    "direction": "direction calltype richtung",
    "person_id": OPPORTUNITY["owner_id"] + " person caller user employee callowner",
    "account_id": OPPORTUNITY["account_id"],
    "opportunity_id": "opportunityid dealid opportunity deal relatedto vorgangsnummer",
    "occurred_at": (
        "date time datetime occurredat callstarttime starttime start activitydate timestamp "
        "datum zeit zeitpunkt when"
    ),
    "duration_minutes": "durationminutes durationmin minutes dauermin dauerminuten",
    "duration_seconds": (
        "durationseconds seconds duration dauer callduration calldurationinseconds dauersekunden"
    ),
    "outcome": "outcome result ergebnis callstatus callresult",
}

PERSON: Mapping[str, str] = {
    "person_id": (
        "id salesrepid salespersonid sellername salesrepname employeeid personid userid "
        "salesagent sellerid repid mitarbeiternummer personalnummer rep salesrep seller "
        "salesperson agent verkaufer"
    ),
    "name": (
        "name fullname salesagent seller salesperson rep salesrep mitarbeiter verkaufer "
        "employee agent nom nombre"
    ),
    "email": "email mail emailaddress",
    "title": "title jobtitle role position funktion titel",
    "hired_on": "hired hiredate hiredon startdate eintritt eintrittsdatum",
    "left_on": "left leftdate lefton enddate austritt austrittsdatum leavedate",
    "manager": OPPORTUNITY["manager"],
    "team": OPPORTUNITY["team"] + " department abteilung",
    "region": OPPORTUNITY["region"],
}

ACCOUNT: Mapping[str, str] = {
    "account_id": (
        "id accountid customerid companyid clientnumber customernumber kundennummer clientid "
        "account customer company kunde firma accountname customername companyname"
    ),
    "name": (
        "name accountname customername companyname account customer company kunde firma "
        "kundenname nom"
    ),
    "parent_id": "parent parentid parentaccount subsidiaryof muttergesellschaft",
    "segment": OPPORTUNITY["segment"],
    "industry": OPPORTUNITY["industry"],
    "country": OPPORTUNITY["country"],
    "region": OPPORTUNITY["region"],
    "employee_count": (
        "employees employeecount numberofemployees mitarbeiter mitarbeiterzahl effectif empleados"
    ),
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
    "seen/opportunity_change": CHANGE,
    "orders": ORDER,
}

<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_GB">
<context>
    <name>AnswersDialog</name>
    <message numerus="yes">
        <source>%n correction(s)</source>
        <translation>
            <numerusform>%n correction</numerusform>
            <numerusform>%n corrections</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n answer(s) taken over and confirmed</source>
        <translation>
            <numerusform>%n answer taken over and confirmed</numerusform>
            <numerusform>%n answers taken over and confirmed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BusinessesPage</name>
    <message numerus="yes">
        <source>{count} businesses, {missing} incomplete</source>
        <translation>
            <numerusform>{count} business, {missing} incomplete</numerusform>
            <numerusform>{count} businesses, {missing} incomplete</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} businesses, no month is missing</source>
        <translation>
            <numerusform>{count} business, no month is missing</numerusform>
            <numerusform>{count} businesses, no month is missing</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Connection</name>
    <message numerus="yes">
        <source>%n waiting to be sent</source>
        <translation>
            <numerusform>%n waiting to be sent</numerusform>
            <numerusform>%n waiting to be sent</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n with the office</source>
        <translation>
            <numerusform>%n with the office</numerusform>
            <numerusform>%n with the office</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Sent but for %n file(s), today at {time}</source>
        <translation>
            <numerusform>Sent but for %n file, today at {time}</numerusform>
            <numerusform>Sent but for %n files, today at {time}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Sent but for %n file(s), on {day}</source>
        <translation>
            <numerusform>Sent but for %n file, on {day}</numerusform>
            <numerusform>Sent but for %n files, on {day}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DuplicateCard</name>
    <message numerus="yes">
        <source>%n visit(s), the last on {day}</source>
        <translation>
            <numerusform>%n visit, the last on {day}</numerusform>
            <numerusform>%n visits, the last on {day}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FinishSheet</name>
    <message numerus="yes">
        <source>%n answer(s) of last time to read and confirm</source>
        <translation>
            <numerusform>%n answer of last time to read and confirm</numerusform>
            <numerusform>%n answers of last time to read and confirm</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n question(s) not answered</source>
        <translation>
            <numerusform>%n question not answered</numerusform>
            <numerusform>%n questions not answered</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HomePage</name>
    <message numerus="yes">
        <source>%n to decide</source>
        <translation>
            <numerusform>%n to decide</numerusform>
            <numerusform>%n to decide</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>families</source>
        <translation>
            <numerusform>family</numerusform>
            <numerusform>families</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>businesses</source>
        <translation>
            <numerusform>business</numerusform>
            <numerusform>businesses</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>things to do</source>
        <translation>
            <numerusform>thing to do</numerusform>
            <numerusform>things to do</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HouseholdPage</name>
    <message numerus="yes">
        <source>%n to decide</source>
        <translation>
            <numerusform>%n to decide</numerusform>
            <numerusform>%n to decide</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HouseholdsPage</name>
    <message numerus="yes">
        <source>%n to decide</source>
        <translation>
            <numerusform>%n to decide</numerusform>
            <numerusform>%n to decide</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ProgressRow</name>
    <message numerus="yes">
        <source>%n change(s) wait to be sent</source>
        <translation>
            <numerusform>%n change waits to be sent</numerusform>
            <numerusform>%n changes wait to be sent</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %n minute(s) left</source>
        <translation>
            <numerusform>about %n minute left</numerusform>
            <numerusform>about %n minutes left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %n second(s) left</source>
        <translation>
            <numerusform>about %n second left</numerusform>
            <numerusform>about %n seconds left</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RecoveredStrip</name>
    <message numerus="yes">
        <source>This visit was begun before. %n answer(s) of {date}, {time} are kept.</source>
        <translation>
            <numerusform>This visit was begun before. %n answer of {date}, {time} is kept.</numerusform>
            <numerusform>This visit was begun before. %n answers of {date}, {time} are kept.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SectionSheet</name>
    <message numerus="yes">
        <source>%n answer(s) read and right</source>
        <translation>
            <numerusform>%n answer read and right</numerusform>
            <numerusform>%n answers read and right</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SyncPage</name>
    <message numerus="yes">
        <source>%n record(s) are safe on this laptop and wait to be sent.</source>
        <translation>
            <numerusform>%n record is safe on this laptop and waits to be sent.</numerusform>
            <numerusform>%n records are safe on this laptop and wait to be sent.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n change(s) were set aside, to be looked at by the office.</source>
        <translation>
            <numerusform>%n change was set aside, to be looked at by the office.</numerusform>
            <numerusform>%n changes were set aside, to be looked at by the office.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The province has everything that you recorded but %n photo(s) and file(s): they are only on this laptop.</source>
        <translation>
            <numerusform>The province has everything that you recorded but %n photo or file: it is only on this laptop.</numerusform>
            <numerusform>The province has everything that you recorded but %n photos and files: they are only on this laptop.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>VisitsPage</name>
    <message numerus="yes">
        <source>%n family(ies) to visit.</source>
        <translation>
            <numerusform>%n family to visit.</numerusform>
            <numerusform>%n families to visit.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n overdue.</source>
        <translation>
            <numerusform>%n overdue.</numerusform>
            <numerusform>%n overdue.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>_NavItem</name>
    <message numerus="yes">
        <source>%n waiting</source>
        <translation>
            <numerusform>%n waiting</numerusform>
            <numerusform>%n waiting</numerusform>
        </translation>
    </message>
</context>
</TS>

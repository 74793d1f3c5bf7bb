<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="id_ID">
<context>
    <name>AnswersDialog</name>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>BackupCard</name>
    <message>
        <source>Backup</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A backup is one encrypted file with everything on this laptop. Keep it on a USB stick, away from the laptop.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save a backup</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restore a backup</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The backup is being written and read back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The backup is being checked and restored.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The data is being checked.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The backup is being looked at.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Backups of Berdaya ({pattern})</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n famil(ies)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Saved and read back: {name}, with {families}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The backup is restored. What was here before lies in {folder}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The data on this laptop is whole: every page and every row.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Something in the data file is damaged. Please save a backup now, and ask the office for help.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>BackupSentences</name>
    <message>
        <source>There is not enough room. Nothing was changed, and an older backup is still there. Please make room, or choose another place.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Berdaya may not write or read there. Nothing was changed. Please choose another place.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The place cannot be reached. Perhaps the USB stick was taken out. Nothing was changed. Please put it in and try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The backup was written, but it could not be read back the same, so it was thrown away. Your data is safe on this laptop. Please try another USB stick or folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This file is not a backup of Berdaya. Nothing was changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This backup was written by a newer version of Berdaya. Nothing was changed. Please install the newest version first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The end of this backup is missing; perhaps it was not copied completely. Nothing was changed. Please copy it again, or take another backup.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This backup is damaged. Nothing was changed. Please take another backup.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The passphrase is another one. Nothing was changed. Please try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The data on this laptop is in use, so it could not be replaced. Nothing was changed. Please close Berdaya, open it and try again.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Business</name>
    <message>
        <source>Active</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Declining</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Closed</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>BusinessDialog</name>
    <message>
        <source>Correct the business</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>BusinessForm</name>
    <message>
        <source>Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kind</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A few letters find it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Started on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>NIB</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>13 digits, if it has one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Status</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>BusinessNumberField</name>
    <message>
        <source>A NIB has 13 digits</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>BusinessPage</name>
    <message>
        <source>Business</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This business is no longer on this laptop.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave without saving?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What you typed about the new business is not saved yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go on writing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save the business</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Family of {head}, {village}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New business</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Family of {head}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{month} was handed in.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>BusinessesPage</name>
    <message>
        <source>Businesses</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The businesses of the families you accompany will be here. Open a family to begin its business.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open the families</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No business is like that.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Business</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Family</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Village</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kind</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Status</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last month</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Profit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Six months</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Missing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All statuses</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All villages</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n business(es), {missing} with missing months</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n business(es), no month is missing</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BusinessesTab</name>
    <message>
        <source>Businesses</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The businesses of this family will be here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add the first business</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add a business</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kind</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Since</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Status</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New business</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ChartCard</name>
    <message>
        <source>By month</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Revenue and profit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Savings and debt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Savings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Debt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Revenue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Profit</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ConflictCard</name>
    <message>
        <source>{family}: which is right?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A record</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{field}, before: {value}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Why (for whoever looks at it later)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Why</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Somebody</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{who}, {day} at {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>(empty)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Connection</name>
    <message>
        <source>Saved on this laptop</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n waiting to be sent</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Syncing…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sync now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sent, confirmed today at {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sent, confirmed on {day} at {time}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>DateField</name>
    <message>
        <source>day/month/year</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not later than {day}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not earlier than {day}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write day, month and year, for example 24/05/2022</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no such day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>That day is another day of the week</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Dialog</name>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Doubt</name>
    <message>
        <source>If it is right all the same: why?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reason for keeping this answer</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Factor</name>
    <message>
        <source>Food</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Other needs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clean water</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sanitation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Health</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Education</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Information</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Housing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lacking</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Met</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not known yet</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FactsCard</name>
    <message>
        <source>The district: {words}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kind</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not known yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Status</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Since</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>NIB</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>none</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Correct</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Transport</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Grant</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Programme</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bank</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Proposed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Disbursed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>State</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Propose a grant</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>none yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Propose again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Accounts handed in</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FinishSheet</name>
    <message>
        <source>Everything is answered</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The visit can be finished.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Still to be done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Question</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is missing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The eight factors</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Computed by the rule “{rule}”, version {version}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Changed since {date}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All answers are the same as last time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n question(s) not answered</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>{name}: {question}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FormRow</name>
    <message>
        <source>This has to be answered</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Has to be answered</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Grant</name>
    <message>
        <source>Proposed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Verified by the district</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Approved by the province</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Disbursed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Accounted for</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Monitored</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Closed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Returned</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>GrantDialog</name>
    <message>
        <source>Grant</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Programme</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Amount</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bank</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Proposed on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Disbursed on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>HeatStrip</name>
    <message>
        <source>Eight factors over the visits</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>HomePage</name>
    <message>
        <source>Finish the visit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Returned, please correct</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Two different values</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Visit is overdue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Follow up the business</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Visit is due</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Home</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Visit a family</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl+N</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What to do</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Family</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Village</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Note</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Today</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is waiting today. New visits and follow-ups will stand here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>See the families</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Visits by month</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In your villages</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Planned this month: {count}</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>families</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>businesses</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>things to do</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Household</name>
    <message>
        <source>Head of family</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wife or husband</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Child</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Parent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Other</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Female</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Male</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Moved out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Died</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lives here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Met the family</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody home</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Moved away</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Refused the visit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Active</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Declining</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Closed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Status of the family</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Welfare decile</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Address</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hamlet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Phone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Note</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Number of the family card</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>NIK</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Status of the member</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Date of birth</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Status of the business</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name of the business</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>HouseholdFormPage</name>
    <message>
        <source>New family</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Correct the family</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave without saving?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What you typed on this page has not been saved.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave without saving</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stay here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A family may be saved without NIK and KK; they can be added later.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where the family lives</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a village</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Village</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hamlet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>RT</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>RW</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Address</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Phone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Family card (KK)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Note</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Head of family</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} in {hamlet} has the same NIK.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} in {hamlet} has a similar name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the village</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Is this family recorded already?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is another family: save</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The family is saved on this laptop.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>HouseholdPage</name>
    <message>
        <source>Correct</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New visit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl+N</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the numbers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Summary</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Members</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Visits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Businesses</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Parts of the family&apos;s page</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This family is no longer on this laptop.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A family without a name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Continue the visit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>NIK {number}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>NIK not known yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>KK {number}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>KK not known yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hide the numbers</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>HouseholdsPage</name>
    <message>
        <source>Families</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Import a list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New family</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl+N</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name, NIK, KK, phone, hamlet or village</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All villages</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Village</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Overdue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not visited for 90 days, or never</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Visit begun</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A visit waits to be finished</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The families you accompany will be here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Register the first family</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Head of family</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Place</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Members</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last visit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Transport</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody is written exactly like that. These are similar.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The first {shown} of more than {total} families. Type more to find fewer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The first {shown} of {total} families.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Families: {count}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No family was found. Try fewer letters, or another village.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No family is overdue. Everybody here was visited in time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No visit waits to be finished.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No family of this village is on this laptop.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Import</name>
    <message>
        <source>The file cannot be opened. Is it still there, and closed in other programs?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is not a spreadsheet. Please choose an XLSX, XLS, ODS or CSV file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file has a password. Please save it without one and try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file is too large. Please split it and import the parts.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file holds more than this laptop can read. Please split it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The list has {found} rows; at most {limit} can be read at once. Please split it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The cells of the file are scattered too widely. Please save only the table.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no family in the file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The row with the titles of the columns was not found. It needs at least a name and a NIK or the number of the family card.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{field}: the spreadsheet program lost digits of {text}. Please write the number again as text.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{field}: “{text}” cannot be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The name of the head of family is missing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no NIK yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no number of a family card yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Day and month of birth were put right by the NIK: {corrected}, not {entered}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{field}: zeros at the beginning may have been lost.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The village is not named.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no village “{name}” there, or it is not one of yours.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are {found} villages “{name}”. Please choose the village of the list.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The row says “{name}”, which is not in the village that was chosen.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The district of the village “{name}” is not named.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no district “{name}”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{field}: the same as in row {row} of the sheet “{sheet}”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{field}: this family is recorded already, with “{recorded}”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The number must have 16 digits; it has {length}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The number says day {day}; there is none.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The date in the number, {date}, is not possible.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The number ends in 0000, as no real one does.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The number begins with {area}, which is no district known today.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The NIK says {number} as the date of birth, not {entered}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Day and month of birth may be swapped: the NIK says {number}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The NIK is that of the other sex.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The number must have 13 digits; it has {length}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is not a mobile number, such as 0812 3456 7890.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>NIK</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Family card</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sex</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Date of birth</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Place of birth</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Place and date of birth</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Members</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Address</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hamlet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>RT</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>RW</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>RT/RW</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Village</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>District</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Regency</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Occupation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Criteria</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Phone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bank</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bank account</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Business</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Amount</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Note</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ImportCommand</name>
    <message>
        <source>This laptop is not connected to an account yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This village is not one of yours.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New families: {count}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Already there: {count}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rejected rows: {count}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rows that are no families: {count}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Imported families: {count}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The rejected rows could not be written to {file}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The rejected rows were written to {file}.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ImportPage</name>
    <message>
        <source>The import is under way. Stop it first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading {file}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Importing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file {file} cannot be written. Is it open elsewhere?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The rejected rows are in {file}. Correct them there and import that file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Import a list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save the rejected rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Import</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The list is for</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>XLSX, XLS, ODS or CSV. You can also drop it on this page.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You will see here what the list would bring, before anything is done.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The villages named in its rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lists ({kinds})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Families imported: {count}. They are saved on this laptop.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{done} of {total} rows are read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{done} of {total} families are imported.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rows that are no families: {count}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Columns kept as they are: {titles}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sheets without a list: {names}.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>KindField</name>
    <message>
        <source>Type to search</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a kind from the list, or leave it empty</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>LeavingDialog</name>
    <message>
        <source>What happened</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>When</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>LedgerCard</name>
    <message>
        <source>Monthly ledger, in rupiah</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Revenue and profit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Savings and debt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write as you speak, for example 2,5 juta. Enter confirms and goes on, Esc leaves a cell as it was. Workers: 2+1 means two of the family and one hired.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Revenue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Expenses</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stock and tools</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Savings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Debt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Instalment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{what}: {now} in {month}, but {before} in {month_before}. Is that right?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{typed} was not taken. {why}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This month was handed in. If it has to change, the district can return it.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>LedgerTable</name>
    <message>
        <source>Monthly ledger</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Month</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Revenue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Expenses</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Profit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Savings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Debt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Instalment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Workers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Status</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>State</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sent</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MemberDialog</name>
    <message>
        <source>New member</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Relation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MembersTab</name>
    <message>
        <source>Add a member</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Correct</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Left the family</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Members</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Relation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sex</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Date of birth</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>NIK</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{relation} ({status})</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MoneyField</name>
    <message>
        <source>Rp 0</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The amount cannot be below zero</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write an amount, for example 2,5 juta</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write it in full, for example 2.500.000 or 2,5 juta</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write whole rupiah, without cents</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This amount is too large</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MonthCard</name>
    <message>
        <source>Hand in the month</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Constraint</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stock and tools</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Follow-up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By whom</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Due on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Returned by the district. Please correct it and hand it in again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Returned by the district: {words}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This month was handed in; only the district can return it to you.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Once revenue and expenses are written, the month can be handed in.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>NewPassphraseDialog</name>
    <message>
        <source>Save a backup</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whoever has this passphrase can read the backup. Nobody can open it without, not even the office. A short sentence that you will remember is best.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Once more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose the place</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>At least %n character(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>The two are not the same</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>NoticeBar</name>
    <message>
        <source>Close this message</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>NumberAnswerField</name>
    <message>
        <source>Write a whole number, for example 4</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write a number, for example 36 or 36,5</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>NumberField</name>
    <message>
        <source>Write a whole number from {lowest} to {highest}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PageHeader</name>
    <message>
        <source>Back</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PersonFields</name>
    <message>
        <source>Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>NIK</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sex</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Date of birth</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Place of birth</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Occupation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>May stay empty until the card is seen.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} of 16 digits</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Preview</name>
    <message>
        <source>New ({count})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rejected ({count})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Already there ({count})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Row</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Head of family</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>NIK</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Village</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To be looked at</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The row</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Why</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>QuestionRow</name>
    <message>
        <source>Changed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last time ({date}): {answer}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RecoveredStrip</name>
    <message>
        <source>Continue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Discard</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>This visit was begun before. %n answer(s) of {date}, {time} are kept.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RestoreDialog</name>
    <message>
        <source>Restore a backup</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This backup is of {day}, {time}. It holds {families} families, {visits} visits and {months} months of businesses.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is on this laptop now is replaced by the backup. It is not thrown away: it is put aside in a folder beside it. What the province already has comes back when you connect. What you wrote after the backup and did not send will be missing here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restore</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SavedLine</name>
    <message>
        <source>Not saved yet. It will be tried again with the next answer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every answer is saved on this laptop at once.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saved {time}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SearchField</name>
    <message>
        <source>Clear</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SectionList</name>
    <message>
        <source>Sections of the visit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{section}: {answered} of {total} answered</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SectionSheet</name>
    <message>
        <source>No members are recorded yet. They can be added on the family&apos;s page.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Sentences</name>
    <message>
        <source>Something went wrong in the program. What was saved before is safe. Please try again, and tell the office if it happens again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This data was written by a newer version of Berdaya. Nothing was changed. Please install the newest version.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The data file on this laptop is damaged. Nothing was changed. Please restore a backup, or ask the office for help.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The data file is not Berdaya&apos;s, or its key is another one. Nothing was changed. Please restore a backup, or ask the office for help.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another program is using the data file. Nothing was lost. Please close it and try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Berdaya may not write in its folder. What was saved before is safe. Please ask the office to check the permissions of the folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The disk is full, so this could not be saved. What was saved before is safe. Please remove files that are not needed, then try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The key of the data on this laptop is missing. Nothing was changed. Please restore a backup, or ask the office for help.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The key of the data on this laptop cannot be read. Nothing was changed. Please restore a backup, or ask the office for help.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no connection to the province. Everything is safe on this laptop; it will be sent when there is a connection.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The connection is too slow right now. Everything is safe on this laptop; it will be tried again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Somebody else answered instead of the province. Perhaps this network asks you to sign in first. Everything is safe on this laptop.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The connection broke off. Everything is safe on this laptop; it will be tried again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The province&apos;s server has a problem. Everything is safe on this laptop; it will be tried again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The province&apos;s server is busy. Everything is safe on this laptop; please try again in a minute.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The province asks you to sign in again. Everything is safe on this laptop.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The name or the password is not right. Please try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This account was closed. Please ask the office.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This laptop is registered for somebody else. Please ask the office for help.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The province does not take this much at once. Everything is safe on this laptop.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The province did not accept the message. Everything is safe on this laptop; please tell the office.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is not certain that this is the province&apos;s server, so nothing was sent. Please check the date of this laptop, or ask the office.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The address must begin with https://. Please check it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No connection</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The connection is too slow</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Somebody else answered</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The connection broke off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server has a problem</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server is busy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Please sign in again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not certainly the province</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The province did not accept it</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As the laptop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How it looks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Language</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Text size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Colours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This laptop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>User</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Province</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last confirmed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>About</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Berdaya {version}. Free software under the Apache License 2.0.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Typeface Inter, SIL Open Font License. Icons Tabler, MIT License.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Regions of Indonesia from idn-area-data, Open Database License (ODbL): whoever passes them on names the source.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nobody yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not connected yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{day}, {time}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SideBar</name>
    <message>
        <source>Pages</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>State</name>
    <message>
        <source>Draft</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Submitted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Returned</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Verified</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On this laptop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waiting to be sent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set aside by the province</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Confirmed by the province</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SummaryTab</name>
    <message>
        <source>A visit waits to be finished</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Continue the visit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Begun on {day}. Answers so far: {count}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Two people wrote different things</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Which is right has to be decided. Both were kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Somebody</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>(empty)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the family lacks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>After the first visit you will see here what the family lacks.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Begin the first visit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At the last visit nothing was seen to be lacking.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At the last visit: {lacking}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Family</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last visit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Members</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Address</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hamlet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>RT / RW</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Village</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Phone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Note</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SyncPage</name>
    <message>
        <source>Family</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Family card</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Member</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Visit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Visit, about a member</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Business</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Grant</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Month of a business</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Handing in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Decision</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This village was not assigned to you then.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your role may not change this.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your role may not decide this.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The office does not accept this value.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The office is looking at it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sync with the province</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sync now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How things stand</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waiting on this laptop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Since</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How it is</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The province has everything that you recorded.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The last times</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>When</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Received</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>KB</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How it went</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n record(s) are safe on this laptop and wait to be sent.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>The province has not confirmed anything yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The province last confirmed everything on {moment}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n change(s) were set aside, to be looked at by the office.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Data used this month: {size} KB.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Asking the province…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{up} KB sent, {down} KB received, {waiting} still waiting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waiting to be sent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Everything confirmed</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Visit</name>
    <message>
        <source>Read and understood</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This has to be answered</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This answer does not fit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name}, %n years</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>VisitPage</name>
    <message>
        <source>The last answers are not saved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>They could not be written to this laptop. If you leave, they are lost.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stay here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Family without a name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Visit in {village}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Previous section</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next section</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Finish the visit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Finish</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Number keys choose an answer, Enter goes to the next question.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shift+Enter: back. Ctrl+Page Down: next section. Ctrl+Enter: finish page.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Discard this visit?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The answers given so far are deleted from this laptop.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Discard</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saved on this laptop. It will be sent when there is a connection.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>VisitsPage</name>
    <message>
        <source>Visits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Here you will see whom to visit. First, add a family.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add a family</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n family(ies) to visit.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n overdue.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>To visit in {village}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Family</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Village</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last worked on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Begun and not finished</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hamlet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last visit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next visit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Date</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How it ended</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>State</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recent visits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>First visit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Overdue since {date}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Due on {date}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Met</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody home</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Moved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Refused</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>VisitsTab</name>
    <message>
        <source>Visits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The visits to this family will be here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Begin the first visit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Date</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is lacking</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>State</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Transport</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>WelcomePage</name>
    <message>
        <source>Signing in…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Welcome to Berdaya</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Address of the office</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It stands in the letter from the office.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your sign-in name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Password</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connect</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connect with your office</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You need a connection for this once. After that Berdaya works without one: everything is kept on this laptop, encrypted, and sent when there is a connection.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only want to try it?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Practice mode has families that do not exist. Nothing that you do there reaches the office.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Practise</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Receiving your villages…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Receiving your villages: {count} entries, {size} KB</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Window</name>
    <message>
        <source>Home</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Families</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Visits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Businesses</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sync</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>WorkersField</name>
    <message>
        <source>Write 2, or 2+1 for two of the family and one hired</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>_NavItem</name>
    <message numerus="yes">
        <source>%n waiting</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
</context>
</TS>

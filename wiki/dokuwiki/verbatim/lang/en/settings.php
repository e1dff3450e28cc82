<?php

$lang['url'] = 'Where the Verbatim server is, for the wiki’s server and for readers: https://verbatim.example/';
$lang['token'] = 'The server’s read token, where asking needs one; sent to that server only';
$lang['timeout'] = 'Seconds that a page waits for an answer at most';
$lang['cachetime'] = 'Seconds that an answer is kept';

<?php

$lang['direct'] = 'quoted';
$lang['indirect'] = 'reported';
$lang['mixed'] = 'partly quoted';
$lang['no_speaker'] = 'The article';
$lang['place'] = 'The sentence in its article';
$lang['publisher'] = 'publisher’s page';
$lang['open'] = 'Open in Verbatim';
$lang['frame_title'] = 'Verbatim: %s';
$lang['frame_title_empty'] = 'Verbatim: ask the articles';
$lang['unreachable'] = 'Verbatim could not be reached, so there is no answer to show at the moment.';
$lang['no_url'] = 'The Verbatim plugin has no server: an administrator can set its address in the configuration.';
$lang['no_question'] = 'There is no question: write {{verbatim>who said what?}}.';

(window.vaultData=window.vaultData||{})['search/text/undated-0']='{"notes/gpt-3":["",""],"notes/t5":["",""]}';
